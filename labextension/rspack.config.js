// Named ids make the bundle the same bytes in every checkout, so that CI can compare it with the committed one.
module.exports = { optimization: { moduleIds: 'named', chunkIds: 'named' } };
