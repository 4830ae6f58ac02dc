namespace GridVolunteer.Coordination.Entities;

/// <summary>A place within a <see cref="Turn"/>: how much of each kind it held.</summary>
/// <param name="JournalBytes">Bytes journalled.</param>
/// <param name="Rows">Result rows.</param>
/// <param name="Notices">Notices.</param>
/// <param name="Events">Events.</param>
public readonly record struct TurnMark(int JournalBytes, int Rows, int Notices, int Events);
