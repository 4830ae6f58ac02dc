namespace GridVolunteer.Coordination.Shards.Records;

/// <summary>What a reported result does to its unit. The numbers are stored.</summary>
internal enum ResultFate : byte
{
    /// <summary>Nothing: the unit is decided, or this volunteer's result is in already.</summary>
    Ignored = 0,

    /// <summary>It makes the unit valid and is canonical.</summary>
    Valid = 1,

    /// <summary>It is unlike those that are in, and waits.</summary>
    Opens = 2,

    /// <summary>It equals those of a group, and waits with them.</summary>
    Joins = 3,

    /// <summary>It makes the unit valid; an earlier result that it agrees with is canonical.</summary>
    Agrees = 4,
}
