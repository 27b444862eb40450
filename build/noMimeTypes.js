// Stands in for 'mime-types' in the bundle: form-data asks it only when no content type is given.
module.exports = { lookup: () => false };
