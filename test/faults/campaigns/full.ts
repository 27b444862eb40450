// Loaded first by `npm run test:campaign`; Windows has no other way to set a variable for one command.
process.env['CAMPAIGN'] = 'full';
