namespace GridVolunteer.Simulation.Networking;

/// <summary>Bytes under way.</summary>
/// <param name="From">The machine they come from.</param>
/// <param name="To">The machine they go to.</param>
/// <param name="Bytes">The bytes.</param>
/// <param name="IsStream">True on a stream, which ends with either program.</param>
/// <param name="Boots">The boots of both ends when they left, for a stream.</param>
internal sealed record Packet(int From, int To, byte[] Bytes, bool IsStream, (int From, int To) Boots);
