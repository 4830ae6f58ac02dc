using GridVolunteer.Simulation.Campaigns;

return SimulationCommand.Run(args, Console.Out);
