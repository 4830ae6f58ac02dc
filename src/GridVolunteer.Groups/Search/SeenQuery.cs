namespace GridVolunteer.Groups.Search;

/// <summary>What is remembered of a query.</summary>
internal sealed class SeenQuery
{
    private HashSet<ProcessId>? _answerers;

    /// <summary>Who sent it first, and gets the answers; the process itself for an own one.</summary>
    public required ProcessId From { get; init; }

    /// <summary>Who asks.</summary>
    public required ProcessId Asker { get; init; }

    /// <summary>Whether answers go straight to the asker.</summary>
    public required bool AnswersGoDirect { get; init; }

    /// <summary>The widest ring passed on.</summary>
    public required int Ring { get; set; }

    /// <summary>True once the process itself has answered.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>Notes an answer that is passed back; false for a second of the same process, or too
    /// many.</summary>
    public bool TryNote(ProcessId answerer, int max)
    {
        _answerers ??= [];
        return _answerers.Count < max && _answerers.Add(answerer);
    }
}
