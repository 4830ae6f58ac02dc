using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Search;

/// <summary>What a peer takes in.</summary>
public sealed partial class SearchNode
{
    /// <inheritdoc/>
    public void Receive(ProcessId from, ReadOnlySpan<byte> message, TimeSpan now, Output<SearchEvent> output)
    {
        _seen.ForgetOld(now);
        var reader = new WireReader(message);
        if (!reader.TryReadMessage(out var kind, out _, out var body))
        {
            Refusals.Count(RefusalReason.Malformed);
            return;
        }

        switch ((SearchKind)kind)
        {
            case SearchKind.Query:
                TakeQuery(from, ref body, now, output);
                break;
            case SearchKind.Answer:
                TakeAnswer(from, ref body, output);
                break;
            default:
                Refusals.Count(RefusalReason.UnknownKind);
                break;
        }
    }

    private void TakeQuery(
        ProcessId from, ref WireReader body, TimeSpan now, Output<SearchEvent> output)
    {
        var query = QueryOnItsWay.Read(ref body);
        var text = body.ReadBytes(SearchOptions.QuerySizeBytesMax);
        if (body.Failed)
        {
            Refusals.Count(RefusalReason.Malformed);
            return;
        }

        if (!_neighbours.TryGetValue(from, out var limit))
        {
            Refusals.Count(RefusalReason.NotEntitled);
            return;
        }

        if (!limit.TryTake(1, now))
        {
            Refusals.Count(RefusalReason.OverLimit);
            return;
        }

        if (_seen.Find(query.Id) is { } seen)
        {
            if (query.Ring <= seen.Ring)
            {
                Duplicates++;
                return;
            }

            // The same search goes further out; it was handled here when a narrower ring came by.
            seen.Ring = query.Ring;
        }
        else if (TryRemember(from, query, now))
        {
            output.Emit(new SearchEvent.QueryArrived(query.Id, query.Asker, text.ToArray()));
        }
        else
        {
            Refusals.Count(RefusalReason.OverLimit);
            return;
        }

        if (query.TimeToLive > 0)
        {
            PassOn(query.Onwards, text, except: from, output);
        }
    }

    private bool TryRemember(ProcessId from, QueryOnItsWay query, TimeSpan now) => _seen.TryAdd(
        query.Id,
        new SeenQuery
        {
            From = from,
            Asker = query.Asker,
            AnswersGoDirect = query.AnswersGoDirect,
            Ring = query.Ring,
        },
        now);

    private void TakeAnswer(ProcessId from, ref WireReader body, Output<SearchEvent> output)
    {
        var id = new QueryId(body.ReadUInt128());
        var answerer = body.ReadProcess();
        var answer = body.ReadBytes(SearchOptions.AnswerSizeBytesMax);
        if (body.Failed)
        {
            Refusals.Count(RefusalReason.Malformed);
            return;
        }

        if (from != answerer && !_neighbours.ContainsKey(from))
        {
            // A stranger speaks for itself only.
            Refusals.Count(RefusalReason.NotEntitled);
            return;
        }

        if (_seen.Find(id) is not { } query)
        {
            Refusals.Count(RefusalReason.Implausible);
            return;
        }

        if (query.From == _self)
        {
            Deliver(id, answerer, answer, output);
        }
        else if (from == query.From || !query.TryNote(answerer, _options.AnswersPassedMax))
        {
            // Answers come from further out; the asker's side has none.
            Refusals.Count(from == query.From ? RefusalReason.Implausible : RefusalReason.OverLimit);
        }
        else
        {
            SendBack(id, query, answerer, answer, output);
        }
    }

    private void Deliver(
        QueryId id, ProcessId answerer, ReadOnlySpan<byte> answer, Output<SearchEvent> output)
    {
        // After its end a search takes no more answers, and of each process it takes one.
        if (!_own.TryGetValue(id, out var search) || !search.TryCount(answerer))
        {
            Duplicates++;
            return;
        }

        output.Emit(new SearchEvent.AnswerArrived(id, answerer, answer.ToArray()));
        if (search.HasEnough)
        {
            Stop(id, output);
        }
    }
}
