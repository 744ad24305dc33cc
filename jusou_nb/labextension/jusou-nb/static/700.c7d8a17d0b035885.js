"use strict";(self.rspackChunkjusou_nb=self.rspackChunkjusou_nb||[]).push([[700],{911(o,e,u){var r=u(601),s=u.n(r),t=u(314),a=(u.n(t))()(s());a.push([o.id,`/* Colours and type of the デジタル庁デザインシステム (design tokens 1.1.9, MIT), under our
   names. The screen's and the paper's style sheets both stand on this file. */
:root {
  --jusou-white: #ffffff;
  --jusou-black: #000000;
  --jusou-grey-50: #f2f2f2;
  --jusou-grey-100: #e6e6e6;
  --jusou-grey-200: #cccccc;
  --jusou-grey-300: #b3b3b3;
  --jusou-grey-420: #949494;
  --jusou-grey-536: #767676;
  --jusou-grey-600: #666666;
  --jusou-grey-700: #4d4d4d;
  --jusou-grey-800: #333333;
  --jusou-grey-900: #1a1a1a;
  --jusou-blue-50: #e8f1fe;
  --jusou-blue-100: #d9e6ff;
  --jusou-blue-600: #3460fb;
  --jusou-blue-800: #0031d8;
  --jusou-blue-900: #0017c1;
  --jusou-blue-1000: #00118f;
  --jusou-green-50: #e6f5ec;
  --jusou-green-600: #259d63;
  --jusou-green-800: #197a4b;
  --jusou-yellow-50: #fbf5e0;
  --jusou-yellow-300: #ffd43d;
  --jusou-yellow-700: #b78f00;
  --jusou-yellow-900: #927200;
  --jusou-orange-50: #ffeee2;
  --jusou-orange-600: #fb5b01;
  --jusou-orange-800: #c74700;
  --jusou-red-50: #fdeeee;
  --jusou-red-800: #ec0000;
  --jusou-red-900: #ce0000;
  --jusou-success: var(--jusou-green-600);
  --jusou-success-strong: var(--jusou-green-800);
  --jusou-error: var(--jusou-red-800);
  --jusou-error-strong: var(--jusou-red-900);
  --jusou-warning: var(--jusou-yellow-700);
  --jusou-warning-strong: var(--jusou-yellow-900);
  --jusou-urgent: var(--jusou-orange-600);
  --jusou-urgent-strong: var(--jusou-orange-800);
  --jusou-font: "Yu Gothic UI", "Meiryo", "Hiragino Sans", "Noto Sans CJK JP", "IPAexGothic",
    sans-serif;
  --jusou-font-paper: "Yu Mincho", "游明朝", "IPAexMincho", "Noto Serif CJK JP", serif;
  --jusou-radius: 8px;
}
`,""]),u.d(e,{},{A:a})},475(o,e,u){var r=u(601),s=u.n(r),t=u(314),a=(u.n(t))()(s());a.push([o.id,`/* The office around the desk. Colours and type are the paper's: tokens.css is a copy made at build. */

/* What only a workshop needs steps back, from the first paint on. */
.jusou-office #jp-MainMenu .lm-MenuBar-item:not(.jusou-lab-menu),
.jusou-office .jp-SideBar .lm-TabBar-tab:not([data-id='jusou-today']),
.jusou-office #jp-main-statusbar .jp-StatusBar-Item:not(.jusou-status),
.jusou-office .jp-SideBar.jp-mod-right,
.jusou-office .jp-Launcher-cwd,
.jusou-office #jp-MainLogo,
.jusou-office .jp-MainAreaWidget > .jp-Toolbar-micro:empty,
.jusou-office #jp-top-bar .jp-KernelStatus {
  display: none !important;
}

/* The notebook steps back where a desk lies. */
.jusou-desk-panel .jp-Cell > .jp-CellHeader,
.jusou-desk-panel .jp-Cell > .jp-Cell-inputWrapper,
.jusou-desk-panel .jp-Cell > .jp-CellFooter,
.jusou-desk-panel .jp-OutputPrompt,
.jusou-desk-panel .jp-OutputCollapser,
.jusou-desk-panel .jp-cell-toolbar,
.jusou-desk-panel .jp-Notebook-footer {
  display: none !important;
}
.jusou-desk-panel .jp-NotebookPanel-notebook,
.jusou-desk-panel .jp-WindowedPanel-outer {
  --jp-notebook-padding: 0px;
  --jp-cell-padding: 0px;
  padding: 0 !important;
  background: var(--jusou-grey-50);
}
.jusou-desk-panel .jusou-room:focus {
  outline: none;
}
.jusou-desk-panel .jp-Notebook .jp-Cell {
  border: 0 !important;
  box-shadow: none !important;
}

/* The line above the desk */
.jusou-lab-line {
  display: flex;
  align-items: center;
  box-sizing: border-box;
  gap: 16px;
  min-height: 40px;
  padding: 4px 24px;
  border-bottom: 2px solid var(--jusou-blue-900);
  background: var(--jusou-blue-50);
  color: var(--jusou-grey-900);
  font: 400 16px/1.5 var(--jusou-font);
}
.jusou-lab-line[data-tone='fault'] {
  border-color: var(--jusou-error-strong);
  background: var(--jusou-red-50);
}

/* Buttons of ours outside of the desk */
.jusou-side-button,
.jusou-side-filled {
  min-height: 32px;
  padding: 2px 12px;
  border: 1px solid var(--jusou-blue-900);
  border-radius: var(--jusou-radius);
  background: var(--jusou-white);
  color: var(--jusou-blue-900);
  font: 400 14px/1.5 var(--jusou-font);
  cursor: pointer;
}
.jusou-side-filled {
  display: block;
  min-height: 40px;
  margin: 8px 0;
  background: var(--jusou-blue-900);
  color: var(--jusou-white);
}
:is(.jusou-today, .jusou-lab-line, .jusou-lab-help) :is(button, summary):focus-visible {
  outline: 4px solid var(--jusou-black);
  outline-offset: 0;
  border-radius: 4px;
  box-shadow: inset 0 0 0 2px var(--jusou-yellow-300);
}

/* 本日の対応・期限 */
.jusou-today {
  min-width: 260px;
  overflow: hidden auto;
  background: var(--jusou-white);
  color: var(--jusou-grey-800);
  color-scheme: light;
  font: 400 14px/1.6 var(--jusou-font);
}
.jusou-today-head {
  display: flex;
  align-items: center;
  justify-content: space-between;
  gap: 8px;
  padding: 12px 12px 8px;
}
.jusou-today h2 {
  margin: 0;
  color: var(--jusou-grey-900);
  font-size: 16px;
  font-weight: 700;
}
.jusou-today > .jusou-said {
  margin: 0;
  padding: 0 12px 12px;
}
.jusou-kinds > .jusou-side-filled {
  margin: 0 12px;
}
.jusou-today details {
  border-top: 1px solid var(--jusou-grey-200);
}
.jusou-today summary {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 2px 8px;
  padding: 8px 12px;
  cursor: pointer;
}
.jusou-today summary::before {
  content: '';
  width: 0;
  border: 5px solid transparent;
  border-left-color: var(--jusou-grey-700);
  border-right-width: 0;
}
.jusou-today details[open] > summary::before {
  transform: rotate(90deg);
}
.jusou-today summary:hover,
.jusou-item:hover {
  background: var(--jusou-blue-50);
}
.jusou-kind {
  flex: 1 1 0;
  min-width: 8em;
  color: var(--jusou-grey-900);
  font-weight: 700;
}
.jusou-count {
  font-variant-numeric: tabular-nums;
}
.jusou-late {
  padding: 0 8px;
  border: 1px solid var(--jusou-error-strong);
  border-radius: 12px;
  background: var(--jusou-white);
  color: var(--jusou-error-strong);
  font-size: 13px;
  line-height: 1.6;
  white-space: nowrap;
}
.jusou-today ul {
  margin: 0;
  padding: 0 0 4px;
  list-style: none;
}
.jusou-item {
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  gap: 2px 8px;
  box-sizing: border-box;
  width: 100%;
  padding: 6px 12px 6px 24px;
  border: 0;
  background: transparent;
  color: inherit;
  font: inherit;
  text-align: left;
  cursor: pointer;
}
.jusou-item-title {
  color: var(--jusou-blue-1000);
  text-decoration: underline;
  text-underline-offset: 3px;
}
.jusou-item-detail {
  display: -webkit-box;
  flex-basis: 100%;
  overflow: hidden;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
  color: var(--jusou-grey-700);
}
.jusou-today details > .jusou-side-button {
  margin: 0 12px 8px 24px;
}

/* The bar below */
#jp-main-statusbar .jusou-status {
  display: flex;
  align-items: center;
  gap: 12px;
  color: var(--jusou-grey-900);
  font: 400 13px/1.5 var(--jusou-font);
}
.jusou-status-facts > span + span::before {
  content: '｜';
  color: var(--jusou-grey-600);
}
.jusou-status-alarm:not(:empty) {
  padding: 0 8px;
  border: 1px solid var(--jusou-error-strong);
  background: var(--jusou-white);
  color: var(--jusou-error-strong);
  font-weight: 700;
}

/* The launcher: cards like the leaves of a desk */
.jusou-office .jp-Launcher-content {
  max-width: 960px;
  margin: 0 auto;
  font-family: var(--jusou-font);
}
.jusou-office .jp-LauncherCard {
  width: 168px;
  height: 136px;
  border-radius: var(--jusou-radius);
}
.jusou-office .jp-LauncherCard-label p {
  color: var(--jusou-grey-900);
  font: 700 16px/1.5 var(--jusou-font);
}
.jusou-office .jp-LauncherCard-icon svg {
  width: 48px;
  height: 48px;
}

/* 使い方 */
.jusou-lab-help {
  box-sizing: border-box;
  padding: 24px max(24px, calc((100% - 960px) / 2));
  overflow: auto;
  background: var(--jusou-white);
  color: var(--jusou-grey-800);
  font: 400 16px/1.7 var(--jusou-font);
}
.jusou-lab-help th {
  padding: 4px 24px 4px 0;
  text-align: left;
  white-space: nowrap;
}
@media (forced-colors: active) {
  .jusou-lab-line,
  .jusou-late,
  .jusou-status-alarm:not(:empty) {
    border: 2px solid CanvasText;
  }
}
`,""]),u.d(e,{},{A:a})},646(o,e,u){var r=u(601),s=u.n(r),t=u(314),a=u.n(t),n=u(911),i=u(475),p=a()(s());p.i(n.A),p.i(i.A),p.push([o.id,`
`,""]),u.d(e,{},{A:p})},314(o){o.exports=function(o){var e=[];return e.toString=function(){return this.map(function(e){var u="",r=void 0!==e[5];return e[4]&&(u+="@supports (".concat(e[4],") {")),e[2]&&(u+="@media ".concat(e[2]," {")),r&&(u+="@layer".concat(e[5].length>0?" ".concat(e[5]):""," {")),u+=o(e),r&&(u+="}"),e[2]&&(u+="}"),e[4]&&(u+="}"),u}).join("")},e.i=function(o,u,r,s,t){"string"==typeof o&&(o=[[null,o,void 0]]);var a={};if(r)for(var n=0;n<this.length;n++){var i=this[n][0];null!=i&&(a[i]=!0)}for(var p=0;p<o.length;p++){var l=[].concat(o[p]);r&&a[l[0]]||(void 0!==t&&(void 0===l[5]||(l[1]="@layer".concat(l[5].length>0?" ".concat(l[5]):""," {").concat(l[1],"}")),l[5]=t),u&&(l[2]&&(l[1]="@media ".concat(l[2]," {").concat(l[1],"}")),l[2]=u),s&&(l[4]?(l[1]="@supports (".concat(l[4],") {").concat(l[1],"}"),l[4]=s):l[4]="".concat(s)),e.push(l))}},e}},601(o){o.exports=function(o){return o[1]}},72(o){var e=[];function u(o){for(var u=-1,r=0;r<e.length;r++)if(e[r].identifier===o){u=r;break}return u}function r(o,r){for(var s={},t=[],a=0;a<o.length;a++){var n=o[a],i=r.base?n[0]+r.base:n[0],p=s[i]||0,l="".concat(i," ").concat(p);s[i]=p+1;var d=u(l),c={css:n[1],media:n[2],sourceMap:n[3],supports:n[4],layer:n[5]};if(-1!==d)e[d].references++,e[d].updater(c);else{var j=function(o,e){var u=e.domAPI(e);return u.update(o),function(e){e?(e.css!==o.css||e.media!==o.media||e.sourceMap!==o.sourceMap||e.supports!==o.supports||e.layer!==o.layer)&&u.update(o=e):u.remove()}}(c,r);r.byIndex=a,e.splice(a,0,{identifier:l,updater:j,references:1})}t.push(l)}return t}o.exports=function(o,s){var t=r(o=o||[],s=s||{});return function(o){o=o||[];for(var a=0;a<t.length;a++){var n=u(t[a]);e[n].references--}for(var i=r(o,s),p=0;p<t.length;p++){var l=u(t[p]);0===e[l].references&&(e[l].updater(),e.splice(l,1))}t=i}}},659(o){var e={};o.exports=function(o,u){var r=function(o){if(void 0===e[o]){var u=document.querySelector(o);if(window.HTMLIFrameElement&&u instanceof window.HTMLIFrameElement)try{u=u.contentDocument.head}catch(o){u=null}e[o]=u}return e[o]}(o);if(!r)throw Error("Couldn't find a style target. This probably means that the value for the 'insert' parameter is invalid.");r.appendChild(u)}},540(o){o.exports=function(o){var e=document.createElement("style");return o.setAttributes(e,o.attributes),o.insert(e,o.options),e}},56(o,e,u){o.exports=function(o){var e=u.nc;e&&o.setAttribute("nonce",e)}},206(o){o.exports=function(o){if("u"<typeof document)return{update:function(){},remove:function(){}};var e=o.insertStyleElement(o);return{update:function(u){var r,s,t;r="",u.supports&&(r+="@supports (".concat(u.supports,") {")),u.media&&(r+="@media ".concat(u.media," {")),(s=void 0!==u.layer)&&(r+="@layer".concat(u.layer.length>0?" ".concat(u.layer):""," {")),r+=u.css,s&&(r+="}"),u.media&&(r+="}"),u.supports&&(r+="}"),(t=u.sourceMap)&&"u">typeof btoa&&(r+="\n/*# sourceMappingURL=data:application/json;base64,".concat(btoa(unescape(encodeURIComponent(JSON.stringify(t))))," */")),o.styleTagTransform(r,e,o.options)},remove:function(){var o;null===(o=e).parentNode||o.parentNode.removeChild(o)}}}},113(o){o.exports=function(o,e){if(e.styleSheet)e.styleSheet.cssText=o;else{for(;e.firstChild;)e.removeChild(e.firstChild);e.appendChild(document.createTextNode(o))}}},959(o,e,u){var r=u(72),s=u.n(r),t=u(206),a=u.n(t),n=u(659),i=u.n(n),p=u(56),l=u.n(p),d=u(540),c=u.n(d),j=u(113),f=u.n(j),g=u(646),b={};b.styleTagTransform=f(),b.setAttributes=l(),b.insert=i().bind(null,"head"),b.domAPI=a(),b.insertStyleElement=c(),s()(g.A,b),g.A&&g.A.locals&&g.A.locals}}]);