namespace GridVolunteer.Protocol.Client;

/// <summary>One line of a job's results.</summary>
/// <param name="Unit">The unit's index.</param>
/// <param name="Json">The whole line, one JSON object without its line end.</param>
public readonly record struct ResultLine(long Unit, ReadOnlyMemory<byte> Json);
