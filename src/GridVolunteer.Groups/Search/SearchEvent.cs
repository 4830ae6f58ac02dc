namespace GridVolunteer.Groups.Search;

/// <summary>What a search delivers.</summary>
public abstract record SearchEvent
{
    private SearchEvent()
    {
    }

    /// <summary>
    /// Somebody asks; once for each query. <see cref="SearchNode.Answer"/> answers, or the silence does.
    /// </summary>
    /// <param name="Id">The query.</param>
    /// <param name="Asker">Who says it asks; relays are trusted with that.</param>
    /// <param name="Query">What is asked.</param>
    public sealed record QueryArrived(QueryId Id, ProcessId Asker, ReadOnlyMemory<byte> Query) : SearchEvent;

    /// <summary>An answer to an own query; one for each that answers.</summary>
    /// <param name="Id">The query.</param>
    /// <param name="Answerer">Who says it answers; check what it says before relying on it.</param>
    /// <param name="Answer">The answer.</param>
    public sealed record AnswerArrived(QueryId Id, ProcessId Answerer, ReadOnlyMemory<byte> Answer)
        : SearchEvent;

    /// <summary>
    /// An own search is over: it has the answers it wanted, was stopped, or went as far as it may.
    /// </summary>
    /// <param name="Id">The query.</param>
    /// <param name="Answers">How many answers came.</param>
    public sealed record SearchEnded(QueryId Id, int Answers) : SearchEvent;
}
