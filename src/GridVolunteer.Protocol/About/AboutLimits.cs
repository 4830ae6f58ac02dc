namespace GridVolunteer.Protocol.About;

/// <summary>The limits a coordinator holds requests to.</summary>
public sealed record AboutLimits
{
    /// <summary>The largest JSON body, in bytes.</summary>
    public required long RequestSizeBytesMax { get; init; }

    /// <summary>The largest blob, in bytes.</summary>
    public required long BlobSizeBytesMax { get; init; }

    /// <summary>The largest result that goes inline, in bytes; larger ones go as blobs.</summary>
    public required int InlineResultSizeBytesMax { get; init; }

    /// <summary>The largest input of one unit in a table, in bytes.</summary>
    public required int UnitInputSizeBytesMax { get; init; }

    /// <summary>The most units in one grant.</summary>
    public required int GrantUnitsMax { get; init; }

    /// <summary>The longest wait of a long poll, in seconds.</summary>
    public required double LongPollSecondsMax { get; init; }

    /// <summary>The most items on one page of a listing.</summary>
    public required int PageItemsMax { get; init; }
}
