answer = birds.assign(flipper=birds["flipper"].interpolate(limit_area="inside"))

answer
