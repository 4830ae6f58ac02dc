using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Volunteers;

/// <summary>
/// The latest answers given to a volunteer, for retries, and the order of its latest requests for work, so
/// that a heartbeat which names one says which grants had arrived. Bounded.
/// </summary>
internal sealed class ExchangeMemory
{
    /// <summary>
    /// Answers kept. An agent has one request for work open at a time, and perhaps a report beside it.
    /// </summary>
    public const int AnswersMax = 4;

    /// <summary>
    /// When the inputs inside the kept answers exceed this, only the latest answer is kept. 1 MiB.
    /// </summary>
    public const long InputsBytesMax = 1 << 20;

    /// <summary>Requests for work whose place in the order is kept.</summary>
    public const int OrderMax = 16;

    private readonly List<WorkAnswer> _answers = [];
    private readonly Queue<(string RequestId, long Number)> _order = new();
    private long _lastNumber;

    /// <summary>The number that the next request for work to be answered will get.</summary>
    public long NextNumber => _lastNumber + 1;

    /// <summary>The answer given to a request, or null.</summary>
    public WorkAnswer? AnswerTo(string requestId) => _answers.Find(a => a.RequestId == requestId);

    /// <summary>
    /// The number of a request for work, from 1 in the order of their answers; null when not remembered.
    /// </summary>
    public long? NumberOf(string? requestId)
    {
        foreach (var (id, number) in _order)
        {
            if (id == requestId)
            {
                return number;
            }
        }

        return null;
    }

    /// <summary>Gives a request for work its number, the same one when it is answered again.</summary>
    public long Number(string requestId)
    {
        if (NumberOf(requestId) is { } known)
        {
            return known;
        }

        _order.Enqueue((requestId, ++_lastNumber));
        if (_order.Count > OrderMax)
        {
            _order.Dequeue();
        }

        return _lastNumber;
    }

    /// <summary>Keeps an answer. Of two to one request the one that grants something stays.</summary>
    public void Keep(WorkAnswer answer)
    {
        if (AnswerTo(answer.RequestId) is { } earlier)
        {
            if (earlier.Grants.Count > 0)
            {
                return;
            }

            _answers.Remove(earlier);
        }

        _answers.Add(answer);
        if (_answers.Count > AnswersMax)
        {
            _answers.RemoveAt(0);
        }

        if (_answers.Count > 1 && _answers.Sum(InputsBytes) > InputsBytesMax)
        {
            _answers.RemoveRange(0, _answers.Count - 1);
        }
    }

    private static long InputsBytes(WorkAnswer answer) => answer.Grants.Sum(g => (long)g.Inputs.Length);
}
