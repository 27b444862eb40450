// In place of es-set-tostringtag, which brings a dozen packages and code made from text.
module.exports = (object, value) => {
  Object.defineProperty(object, Symbol.toStringTag, { configurable: true, value });
};
