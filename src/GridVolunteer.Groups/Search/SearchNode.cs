using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.RateLimiting;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Search;

/// <summary>
/// Finds things among peers of which each knows only its neighbours, by flooding (Gnutella 0.4, 2000;
/// expanding rings after Lv, Cao, Cohen, Li and Shenker, "Search and replication in unstructured peer-to-peer
/// networks", ICS 2002). A query goes to all neighbours, and each passes it on to its own as long as its time
/// to live lasts. Answers go back the way the query came. Every peer asks, answers and passes on alike.
/// <para> Invariants: a query is handed to whoever stands above once; it is passed on once for each ring, and
/// never to whom it came from; it crosses no more links than its time to live says, and never more than <see
/// cref="SearchOptions.TimeToLiveCap"/>. All memory is bounded by the options. </para> What relays say of
/// askers and answerers is not proven: check what an answer leads to.
/// </summary>
public sealed partial class SearchNode : IProtocol<SearchEvent>
{
    private const byte Version = 1;

    private readonly ProcessId _self;
    private readonly SearchOptions _options;
    private readonly Random _random;
    private readonly SeenQueries _seen;
    private readonly SortedDictionary<ProcessId, TokenBucket> _neighbours = [];
    private readonly List<ProcessId> _neighbourList = [];
    private readonly Dictionary<QueryId, OwnSearch> _own = [];
    private readonly WireWriter _writer = new();

    /// <summary>A peer without neighbours.</summary>
    /// <param name="self">The own process.</param>
    /// <param name="options">How far searches go.</param>
    /// <param name="random">Draws the ids of queries.</param>
    /// <exception cref="ArgumentException">The options have faults; all are named.</exception>
    public SearchNode(ProcessId self, SearchOptions options, Random random)
    {
        if (options.Faults() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _self = self;
        _options = options;
        _random = random;
        _seen = new SeenQueries(options.SeenLifetime, options.SeenMax);
    }

    /// <summary>Messages refused so far; queries over a neighbour's limit are among them.</summary>
    public Refusals Refusals { get; } = new();

    /// <summary>Queries that came another time, and were dropped: the price of flooding.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Queries remembered.</summary>
    public int Remembered => _seen.Count;

    /// <inheritdoc/>
    public TimeSpan Due
    {
        get
        {
            var due = _seen.Due;
            foreach (var search in _own.Values)
            {
                due = search.RingEnds < due ? search.RingEnds : due;
            }

            return due;
        }
    }

    /// <summary>
    /// Says who the neighbours are from now on. Beyond <see cref="SearchOptions.NeighboursMax"/> the later
    /// ones are left out. What a neighbour has left of its limit stays.
    /// </summary>
    public void SetNeighbours(IEnumerable<ProcessId> neighbours)
    {
        var wanted = neighbours.Where(n => n != _self).Distinct().Take(_options.NeighboursMax).ToHashSet();
        foreach (var gone in _neighbours.Keys.Where(n => !wanted.Contains(n)).ToArray())
        {
            _neighbours.Remove(gone);
        }

        foreach (var come in wanted.Where(n => !_neighbours.ContainsKey(n)))
        {
            _neighbours.Add(come, new TokenBucket(_options.QueriesPerSecond, _options.QueriesBurst));
        }

        _neighbourList.Clear();
        _neighbourList.AddRange(_neighbours.Keys);
    }

    /// <summary>
    /// Begins a search. It ends with <see cref="SearchEvent.SearchEnded"/> when <paramref
    /// name="answersWanted"/> processes have answered, or when the widest ring has had its time.
    /// </summary>
    /// <returns>Its id; null when too many are under way or too much is remembered.</returns>
    /// <exception cref="ArgumentException">The query is too long.</exception>
    public QueryId? Search(
        ReadOnlySpan<byte> query, int answersWanted, TimeSpan now, Output<SearchEvent> output)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Length, SearchOptions.QuerySizeBytesMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(answersWanted, 1);
        _seen.ForgetOld(now);
        var id = new QueryId(new UInt128((ulong)_random.NextInt64(), (ulong)_random.NextInt64()));
        var seen = new SeenQuery
        {
            From = _self,
            Asker = _self,
            AnswersGoDirect = _options.AnswersGoDirect,
            Ring = _options.Rings.Count,
        };
        if (_own.Count >= _options.OwnSearchesMax || !_seen.TryAdd(id, seen, now))
        {
            return null;
        }

        var search = new OwnSearch(query.ToArray(), answersWanted);
        _own.Add(id, search);
        Widen(id, search, now, output);
        return id;
    }

    /// <summary>Ends an own search; answers that come later are not delivered.</summary>
    public void Stop(QueryId id, Output<SearchEvent> output)
    {
        if (_own.Remove(id, out var search))
        {
            output.Emit(new SearchEvent.SearchEnded(id, search.Answers));
        }
    }

    /// <summary>
    /// Answers a query of another. False when it is not remembered, or was answered already.
    /// </summary>
    /// <exception cref="ArgumentException">The answer is too long.</exception>
    public bool Answer(QueryId id, ReadOnlySpan<byte> answer, Output<SearchEvent> output)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(answer.Length, SearchOptions.AnswerSizeBytesMax);
        if (_seen.Find(id) is not { IsAnswered: false } query || query.From == _self)
        {
            return false;
        }

        query.IsAnswered = true;
        SendBack(id, query, _self, answer, output);
        return true;
    }

    /// <inheritdoc/>
    public void Tick(TimeSpan now, Output<SearchEvent> output)
    {
        _seen.ForgetOld(now);
        foreach (var (id, search) in _own.Where(s => s.Value.RingEnds <= now).ToArray())
        {
            if (search.Ring + 1 < _options.Rings.Count)
            {
                Widen(id, search, now, output);
            }
            else
            {
                Stop(id, output);
            }
        }
    }

    private void Widen(QueryId id, OwnSearch search, TimeSpan now, Output<SearchEvent> output)
    {
        search.Ring++;
        search.RingEnds = now + _options.RingPatience;
        var query = new QueryOnItsWay(
            id,
            _self,
            search.Ring,
            HopCount: 1,
            TimeToLive: _options.Rings[search.Ring] - 1,
            _options.AnswersGoDirect);
        PassOn(query, search.Query, except: _self, output);
    }

    private void PassOn(
        QueryOnItsWay query, ReadOnlySpan<byte> text, ProcessId except, Output<SearchEvent> output)
    {
        _writer.Clear();
        var mark = _writer.BeginMessage((byte)SearchKind.Query, Version);
        query.Write(_writer);
        _writer.WriteBytes(text);
        _writer.End(mark);
        output.Multicast(_neighbourList, except, Carrier.Datagram, _writer.Written);
    }

    private void SendBack(
        QueryId id,
        SeenQuery query,
        ProcessId answerer,
        ReadOnlySpan<byte> answer,
        Output<SearchEvent> output)
    {
        _writer.Clear();
        var mark = _writer.BeginMessage((byte)SearchKind.Answer, Version);
        _writer.WriteUInt128(id.Value);
        _writer.WriteProcess(answerer);
        _writer.WriteBytes(answer);
        _writer.End(mark);

        // Where the way back is broken, the asker may still be reached directly.
        var isDirect = query.AnswersGoDirect || !_neighbours.ContainsKey(query.From);
        output.Send(isDirect ? query.Asker : query.From, Carrier.Datagram, _writer.Written);
    }
}
