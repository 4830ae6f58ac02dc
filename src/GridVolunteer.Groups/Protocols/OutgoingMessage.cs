namespace GridVolunteer.Groups.Protocols;

/// <summary>A message that a protocol wants sent.</summary>
/// <param name="To">Who is to have it.</param>
/// <param name="Carrier">How it travels.</param>
/// <param name="Start">Where its bytes begin in the output's buffer.</param>
/// <param name="SizeBytes">How many they are.</param>
public readonly record struct OutgoingMessage(ProcessId To, Carrier Carrier, int Start, int SizeBytes);
