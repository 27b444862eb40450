// In place of hasown, which brings a bind() made from text.
module.exports = Object.hasOwn;
