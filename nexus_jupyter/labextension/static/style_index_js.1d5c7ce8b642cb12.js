"use strict";(self.rspackChunknexus_jupyter=self.rspackChunknexus_jupyter||[]).push([["style_index_js"],{"./node_modules/css-loader/dist/cjs.js!./style/bar.css"(e,o,r){var t=r("./node_modules/css-loader/dist/runtime/noSourceMaps.js"),s=r.n(t),a=r("./node_modules/css-loader/dist/runtime/api.js"),n=(r.n(a))()(s());n.push([e.id,`/* The bar above a proposed group, and the mark on its cells. */

.jp-Nexus-proposed {
  box-shadow: inset 3px 0 0 var(--jp-brand-color2);
}

.jp-Nexus-bar {
  background: var(--jp-layout-color2);
  border: var(--jp-border-width) solid var(--jp-border-color2);
  border-radius: var(--jp-border-radius);
  margin: 2px 0 4px;
}

.jp-Nexus-barInner {
  align-items: center;
  color: var(--jp-ui-font-color1);
  display: flex;
  flex-wrap: wrap;
  font-family: var(--jp-ui-font-family);
  font-size: var(--jp-ui-font-size1);
  gap: 2px 8px;
  padding: 2px 4px 2px 8px;
}

.jp-Nexus-barTitle {
  align-items: center;
  color: var(--jp-ui-font-color2);
  display: inline-flex;
  flex: 1 1 auto;
  gap: 6px;
  min-height: 24px;
}

.jp-Nexus-barButtons {
  display: inline-flex;
  gap: 4px;
}

.jp-Nexus-barButton {
  align-items: center;
  background: none;
  border: none;
  border-radius: var(--jp-border-radius);
  color: var(--jp-ui-font-color1);
  cursor: pointer;
  display: inline-flex;
  font: inherit;
  gap: 4px;
  padding: 3px 8px 3px 5px;
}

.jp-Nexus-barButton:hover {
  background: var(--jp-layout-color3);
}

.jp-Nexus-barIcon {
  display: inline-flex;
}

.jp-Nexus-barIcon svg {
  height: 14px;
  width: 14px;
}

.jp-Nexus-statusButton {
  align-items: center;
  background: none;
  border: none;
  color: var(--jp-ui-font-color1);
  cursor: pointer;
  display: inline-flex;
  font: inherit;
  gap: 4px;
  height: 100%;
  padding: 0 6px;
}

.jp-Nexus-statusButton:hover {
  background: var(--jp-layout-color3);
}

.jp-Nexus-barButton:focus-visible,
.jp-Nexus-statusButton:focus-visible,
.jp-Nexus-iconButton:focus-visible {
  outline: 2px solid var(--jp-brand-color1);
  outline-offset: -2px;
}
`,""]),r.d(o,{},{A:n})},"./node_modules/css-loader/dist/cjs.js!./style/index.css"(e,o,r){var t=r("./node_modules/css-loader/dist/runtime/noSourceMaps.js"),s=r.n(t),a=r("./node_modules/css-loader/dist/runtime/api.js"),n=r.n(a),i=r("./node_modules/css-loader/dist/cjs.js!./style/bar.css"),p=r("./node_modules/css-loader/dist/cjs.js!./style/sidebar.css"),l=n()(s());l.i(i.A),l.i(p.A),l.push([e.id,`
`,""]),r.d(o,{},{A:l})},"./node_modules/css-loader/dist/cjs.js!./style/sidebar.css"(e,o,r){var t=r("./node_modules/css-loader/dist/runtime/noSourceMaps.js"),s=r.n(t),a=r("./node_modules/css-loader/dist/runtime/api.js"),n=(r.n(a))()(s());n.push([e.id,`/* The sidebar: readable at 280 px, never scrolls sideways. */

.jp-Nexus-panel {
  background: var(--jp-layout-color1);
  color: var(--jp-ui-font-color1);
  font-size: var(--jp-ui-font-size1);
  min-width: 220px;
}

.jp-Nexus-view {
  box-sizing: border-box;
  height: 100%;
  overflow: hidden auto;
  padding: 12px;
}

.jp-Nexus-empty {
  color: var(--jp-ui-font-color2);
  padding: 16px 12px;
}

.jp-Nexus-view p,
.jp-Nexus-text {
  line-height: var(--jp-content-line-height);
  margin: 0 0 8px;
  overflow-wrap: anywhere;
}

.jp-Nexus-quiet {
  color: var(--jp-ui-font-color2);
}

.jp-Nexus-problem {
  color: var(--jp-error-color1);
}

.jp-Nexus-ask {
  display: flex;
  flex-direction: column;
  gap: 8px;
  margin-bottom: 16px;
}

.jp-Nexus-askBox {
  background: var(--jp-input-background);
  border: var(--jp-border-width) solid var(--jp-border-color1);
  border-radius: var(--jp-border-radius);
  box-sizing: border-box;
  color: var(--jp-ui-font-color1);
  font-family: var(--jp-ui-font-family);
  font-size: var(--jp-ui-font-size1);
  line-height: var(--jp-content-line-height);
  padding: 8px;
  resize: vertical;
  width: 100%;
}

.jp-Nexus-askBox::placeholder {
  color: var(--jp-ui-font-color2);
}

.jp-Nexus-askBox:focus {
  border-color: var(--jp-brand-color1);
  outline: 1px solid var(--jp-brand-color1);
}

.jp-Nexus-view .jp-mod-styled {
  align-self: flex-end;
  height: 28px;
  line-height: 28px;
  margin: 0;
}

.jp-Nexus-view .jp-mod-styled:disabled {
  cursor: default;
  opacity: 0.5;
}

.jp-Nexus-notice {
  background: var(--jp-layout-color2);
  border-radius: var(--jp-border-radius);
  margin-bottom: 16px;
  padding: 12px;
}

.jp-Nexus-card {
  border-top: var(--jp-border-width) solid var(--jp-border-color2);
  margin-bottom: 16px;
  padding-top: 12px;
}

.jp-Nexus-view .jp-Nexus-question {
  color: var(--jp-ui-font-color2);
  font-style: italic;
  white-space: pre-wrap;
}

.jp-Nexus-stages {
  margin-bottom: 8px;
}

.jp-Nexus-view summary {
  cursor: pointer;
  display: flex;
  gap: 6px;
  line-height: 24px;
  list-style: none;
}

.jp-Nexus-view summary::before {
  color: var(--jp-ui-font-color2);
  content: '▸';
  flex: none;
  width: 10px;
}

.jp-Nexus-view details[open] > summary::before {
  content: '▾';
}

.jp-Nexus-stages > summary {
  color: var(--jp-ui-font-color2);
}

.jp-Nexus-stages ol,
.jp-Nexus-frame ul {
  list-style: none;
  margin: 0;
  padding: 0 0 0 16px;
}

.jp-Nexus-stages li,
.jp-Nexus-frame li {
  align-items: baseline;
  display: flex;
  gap: 8px;
  line-height: 22px;
}

.jp-Nexus-stages li[data-state='failed'] {
  color: var(--jp-error-color1);
}

.jp-Nexus-stages li[data-state='running'] {
  color: var(--jp-brand-color1);
}

.jp-Nexus-stageName,
.jp-Nexus-columnName,
.jp-Nexus-frameName {
  flex: 1 1 auto;
  min-width: 0;
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}

.jp-Nexus-ms {
  color: var(--jp-ui-font-color2);
  flex: none;
  font-variant-numeric: tabular-nums;
  margin-left: auto;
}

.jp-Nexus-text {
  white-space: pre-wrap;
}

.jp-Nexus-text code {
  background: var(--jp-layout-color2);
  font-family: var(--jp-code-font-family);
  font-size: var(--jp-code-font-size);
}

.jp-Nexus-answer[data-status='failed'] .jp-Nexus-text,
.jp-Nexus-answer[data-status='refused'] .jp-Nexus-text {
  border-left: 3px solid var(--jp-warn-color1);
  padding-left: 8px;
}

.jp-Nexus-readings {
  display: flex;
  flex-direction: column;
  gap: 4px;
  margin-bottom: 8px;
}

.jp-Nexus-reading {
  background: var(--jp-layout-color1);
  border: var(--jp-border-width) solid var(--jp-brand-color2);
  border-radius: var(--jp-border-radius);
  color: var(--jp-ui-font-color1);
  cursor: pointer;
  font: inherit;
  overflow-wrap: anywhere;
  padding: 6px 8px;
  text-align: left;
}

.jp-Nexus-reading:hover:enabled {
  background: var(--jp-layout-color2);
}

.jp-Nexus-assumptions {
  color: var(--jp-ui-font-color2);
  margin: 0 0 8px;
  padding-left: 16px;
}

.jp-Nexus-tableBox {
  border: var(--jp-border-width) solid var(--jp-border-color2);
  margin-bottom: 8px;
  max-height: 260px;
  overflow: auto;
}

.jp-Nexus-table {
  border-collapse: collapse;
  font-variant-numeric: tabular-nums;
  width: 100%;
}

.jp-Nexus-table th {
  background: var(--jp-layout-color2);
  position: sticky;
  text-align: left;
  top: 0;
}

.jp-Nexus-table th,
.jp-Nexus-table td {
  max-width: 160px;
  overflow: hidden;
  padding: 3px 8px;
  text-overflow: ellipsis;
  white-space: nowrap;
}

.jp-Nexus-table tr:nth-child(even) td {
  background: var(--jp-rendermime-table-row-background);
}

.jp-Nexus-table th[data-kind='number'],
.jp-Nexus-table td[data-kind='number'] {
  text-align: right;
}

.jp-Nexus-code pre {
  background: var(--jp-layout-color2);
  font-family: var(--jp-code-font-family);
  font-size: var(--jp-code-font-size);
  margin: 0 0 8px;
  overflow-wrap: anywhere;
  padding: 8px;
  white-space: pre-wrap;
}

.jp-Nexus-heading {
  align-items: center;
  border-top: var(--jp-border-width) solid var(--jp-border-color2);
  display: flex;
  font-size: var(--jp-ui-font-size1);
  font-weight: 600;
  justify-content: space-between;
  margin: 0;
  padding: 8px 0 4px;
}

.jp-Nexus-iconButton {
  background: none;
  border: none;
  border-radius: var(--jp-border-radius);
  cursor: pointer;
  display: inline-flex;
  padding: 4px;
}

.jp-Nexus-iconButton:hover {
  background: var(--jp-layout-color2);
}

.jp-Nexus-frame > summary {
  font-weight: 500;
}

.jp-Nexus-frame > summary .jp-Nexus-quiet {
  flex: none;
  font-weight: 400;
}

.jp-Nexus-missing {
  color: var(--jp-warn-color1);
  flex: none;
  font-size: var(--jp-ui-font-size0);
}

.jp-Nexus-kind {
  color: var(--jp-ui-font-color2);
  flex: none;
  font-size: var(--jp-ui-font-size0);
}

/* The window of a sandboxed kernel. */
.jp-Nexus-grants label {
  display: block;
  margin: 6px 0;
}

.jp-Nexus-grants p {
  margin: 0 0 6px;
  max-width: 60ch;
  overflow-wrap: anywhere;
}

.jp-Nexus-grants input[type='text'] {
  margin-top: 4px;
  width: 100%;
}
`,""]),r.d(o,{},{A:n})},"./node_modules/css-loader/dist/runtime/api.js"(e){e.exports=function(e){var o=[];return o.toString=function(){return this.map(function(o){var r="",t=void 0!==o[5];return o[4]&&(r+="@supports (".concat(o[4],") {")),o[2]&&(r+="@media ".concat(o[2]," {")),t&&(r+="@layer".concat(o[5].length>0?" ".concat(o[5]):""," {")),r+=e(o),t&&(r+="}"),o[2]&&(r+="}"),o[4]&&(r+="}"),r}).join("")},o.i=function(e,r,t,s,a){"string"==typeof e&&(e=[[null,e,void 0]]);var n={};if(t)for(var i=0;i<this.length;i++){var p=this[i][0];null!=p&&(n[p]=!0)}for(var l=0;l<e.length;l++){var d=[].concat(e[l]);t&&n[d[0]]||(void 0!==a&&(void 0===d[5]||(d[1]="@layer".concat(d[5].length>0?" ".concat(d[5]):""," {").concat(d[1],"}")),d[5]=a),r&&(d[2]&&(d[1]="@media ".concat(d[2]," {").concat(d[1],"}")),d[2]=r),s&&(d[4]?(d[1]="@supports (".concat(d[4],") {").concat(d[1],"}"),d[4]=s):d[4]="".concat(s)),o.push(d))}},o}},"./node_modules/css-loader/dist/runtime/noSourceMaps.js"(e){e.exports=function(e){return e[1]}},"./node_modules/style-loader/dist/runtime/injectStylesIntoStyleTag.js"(e){var o=[];function r(e){for(var r=-1,t=0;t<o.length;t++)if(o[t].identifier===e){r=t;break}return r}function t(e,t){for(var s={},a=[],n=0;n<e.length;n++){var i=e[n],p=t.base?i[0]+t.base:i[0],l=s[p]||0,d="".concat(p," ").concat(l);s[p]=l+1;var u=r(d),c={css:i[1],media:i[2],sourceMap:i[3],supports:i[4],layer:i[5]};if(-1!==u)o[u].references++,o[u].updater(c);else{var x=function(e,o){var r=o.domAPI(o);return r.update(e),function(o){o?(o.css!==e.css||o.media!==e.media||o.sourceMap!==e.sourceMap||o.supports!==e.supports||o.layer!==e.layer)&&r.update(e=o):r.remove()}}(c,t);t.byIndex=n,o.splice(n,0,{identifier:d,updater:x,references:1})}a.push(d)}return a}e.exports=function(e,s){var a=t(e=e||[],s=s||{});return function(e){e=e||[];for(var n=0;n<a.length;n++){var i=r(a[n]);o[i].references--}for(var p=t(e,s),l=0;l<a.length;l++){var d=r(a[l]);0===o[d].references&&(o[d].updater(),o.splice(d,1))}a=p}}},"./node_modules/style-loader/dist/runtime/insertBySelector.js"(e){var o={};e.exports=function(e,r){var t=function(e){if(void 0===o[e]){var r=document.querySelector(e);if(window.HTMLIFrameElement&&r instanceof window.HTMLIFrameElement)try{r=r.contentDocument.head}catch(e){r=null}o[e]=r}return o[e]}(e);if(!t)throw Error("Couldn't find a style target. This probably means that the value for the 'insert' parameter is invalid.");t.appendChild(r)}},"./node_modules/style-loader/dist/runtime/insertStyleElement.js"(e){e.exports=function(e){var o=document.createElement("style");return e.setAttributes(o,e.attributes),e.insert(o,e.options),o}},"./node_modules/style-loader/dist/runtime/setAttributesWithoutAttributes.js"(e,o,r){e.exports=function(e){var o=r.nc;o&&e.setAttribute("nonce",o)}},"./node_modules/style-loader/dist/runtime/styleDomAPI.js"(e){e.exports=function(e){if("u"<typeof document)return{update:function(){},remove:function(){}};var o=e.insertStyleElement(e);return{update:function(r){var t,s,a;t="",r.supports&&(t+="@supports (".concat(r.supports,") {")),r.media&&(t+="@media ".concat(r.media," {")),(s=void 0!==r.layer)&&(t+="@layer".concat(r.layer.length>0?" ".concat(r.layer):""," {")),t+=r.css,s&&(t+="}"),r.media&&(t+="}"),r.supports&&(t+="}"),(a=r.sourceMap)&&"u">typeof btoa&&(t+="\n/*# sourceMappingURL=data:application/json;base64,".concat(btoa(unescape(encodeURIComponent(JSON.stringify(a))))," */")),e.styleTagTransform(t,o,e.options)},remove:function(){var e;null===(e=o).parentNode||e.parentNode.removeChild(e)}}}},"./node_modules/style-loader/dist/runtime/styleTagTransform.js"(e){e.exports=function(e,o){if(o.styleSheet)o.styleSheet.cssText=e;else{for(;o.firstChild;)o.removeChild(o.firstChild);o.appendChild(document.createTextNode(e))}}},"./style/index.js"(e,o,r){var t=r("./node_modules/style-loader/dist/runtime/injectStylesIntoStyleTag.js"),s=r.n(t),a=r("./node_modules/style-loader/dist/runtime/styleDomAPI.js"),n=r.n(a),i=r("./node_modules/style-loader/dist/runtime/insertBySelector.js"),p=r.n(i),l=r("./node_modules/style-loader/dist/runtime/setAttributesWithoutAttributes.js"),d=r.n(l),u=r("./node_modules/style-loader/dist/runtime/insertStyleElement.js"),c=r.n(u),x=r("./node_modules/style-loader/dist/runtime/styleTagTransform.js"),j=r.n(x),f=r("./node_modules/css-loader/dist/cjs.js!./style/index.css"),m={};m.styleTagTransform=j(),m.setAttributes=d(),m.insert=p().bind(null,"head"),m.domAPI=n(),m.insertStyleElement=c(),s()(f.A,m),f.A&&f.A.locals&&f.A.locals}}]);