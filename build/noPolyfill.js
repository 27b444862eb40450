// Stands in for 'web-streams-polyfill': Node has had its own streams since 18.
module.exports = {};
