using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Search;

/// <summary>The messages of <see cref="SearchNode"/>.</summary>
internal enum SearchKind : byte
{
    /// <summary>
    /// A query on its way out: id, asker, ring, links crossed, links it may yet cross, whether answers go
    /// direct, query.
    /// </summary>
    Query = MessageFamily.Search | 0x01,

    /// <summary>An answer on its way back: id, who answered, answer.</summary>
    Answer = MessageFamily.Search | 0x02,
}
