using GridVolunteer.Agent.Worker;

// The test runner loads this assembly; started as a program it is the worker that tests talk to.
return await WorkerMain.RunAsync(args);
