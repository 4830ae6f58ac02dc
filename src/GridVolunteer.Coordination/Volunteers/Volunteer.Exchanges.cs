using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Volunteers;

/// <content>Exchanges: what was asked before, which grants went out, what reports teach.</content>
public sealed partial class Volunteer
{
    /// <summary>
    /// What a broker must know before an exchange. Asking is a sign of life; but one who is not known, was
    /// taken for silent or said goodbye has no <see cref="VolunteerBrief.Host"/> and must introduce itself by
    /// a heartbeat first.
    /// </summary>
    public VolunteerBrief Begin(string requestId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(requestId);
        if (State != VolunteerState.Alive)
        {
            return new VolunteerBrief(null, null, _estimates);
        }

        _lastHeard = now;
        return new VolunteerBrief(_host, _exchanges.AnswerTo(requestId), _estimates);
    }

    /// <summary>
    /// Keeps the answer for a retry, notes its grants, learns from the reports. When the volunteer fell
    /// silent or left while it waited for the answer, the grants go back at once.
    /// </summary>
    public VolunteerOutcome End(ExchangeRecord exchange, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        var (request, answer) = (exchange.Request, exchange.Answer);
        if (_exchanges.AnswerTo(answer.RequestId) is null)
        {
            for (var i = 0; i < request.Reports.Count; i++)
            {
                if (i < answer.Outcomes.Count && answer.Outcomes[i].Refusal is null)
                {
                    Reported(request.Reports[i], answer.Outcomes[i]);
                }
            }
        }

        _exchanges.Keep(answer);
        if (request.Wanted is not null)
        {
            var number = _exchanges.Number(answer.RequestId);
            foreach (var offer in answer.Grants)
            {
                Granted(offer, number, now);
            }
        }

        return State is VolunteerState.Silent or VolunteerState.Gone ? Tick(now) : VolunteerOutcome.Nothing;
    }

    private void Granted(GrantOffer offer, long exchange, DateTimeOffset now)
    {
        if (_finished.Contains(offer.Grant))
        {
            return;
        }

        var shard = Shard(offer.Grant.Shard, now);
        if (!shard.Grants.TryGetValue(offer.Grant.Sequence, out var grant))
        {
            shard.Grants.Add(offer.Grant.Sequence, grant = new HeldGrant(exchange));
            shard.IsTold = false;
        }

        grant.Granted(exchange, offer.Runs);
    }

    private void Reported(GrantReport report, ReportOutcome outcome)
    {
        var id = report.Grant;
        _unitsAccepted += outcome.Accepted;
        _unitsFailed += report.Failures.Count;
        _estimates = _estimates.Learn(
            id.Shard.Job, id.Shard.Level, report.ComputeSeconds, report.Runs.Sum(r => (long)r.Count));
        if (!_shards.TryGetValue(id.Shard, out var shard)
            || !shard.Grants.TryGetValue(id.Sequence, out var grant))
        {
            return;
        }

        grant.Strike(report.Runs);
        grant.Strike(report.Returned);
        if (grant.Strike([.. report.Failures.Select(f => new UnitRun(f.Unit, 1))]))
        {
            shard.Grants.Remove(id.Sequence);
            _finished.Add(id);
            if (shard.IsEmpty)
            {
                _shards.Remove(id.Shard);
            }
        }
    }
}
