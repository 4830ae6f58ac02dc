namespace GridVolunteer.Simulation.Networking;

/// <summary>A send that failed before anything left the machine.</summary>
/// <param name="To">Where it should have gone.</param>
/// <param name="Boots">The start of the program that sent.</param>
internal sealed record SendFailure(int To, int Boots);
