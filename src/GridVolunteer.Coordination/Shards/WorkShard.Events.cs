using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards.Grants;
using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Shards;

/// <content>What the live stream hears of a turn, in runs of units.</content>
public sealed partial class WorkShard
{
    private const int StateCharsMax = 200;

    private void TellReported(Holder holder, Turn turn)
    {
        if (_effects.Validated.Count > 0)
        {
            var runs = _effects.Validated.ToLevel(Id.FirstUnit);
            turn.Events.Add(Event("validated", turn, runs) with { Peer = holder.Peer });
        }

        foreach (var byLoser in _effects.Reassigned.GroupBy(r => r.From))
        {
            var runs = byLoser.Select(r => r.Units).OrderBy(r => r.Start).ToArray();
            turn.Events.Add(Event("reassigned", turn, runs.ToLevel(Id.FirstUnit)) with
            {
                Peer = holder.Peer,
                From = byLoser.Key.Peer,
            });
        }

        foreach (var byKind in _sorted.Failures.GroupBy(f => f.Kind))
        {
            var runs = new List<LocalRun>();
            foreach (var failure in byKind)
            {
                runs.Append(failure.Unit, 1);
            }

            var why = $"{byKind.Key}: {byKind.First().Message}";
            turn.Events.Add(Event("failed", turn, runs.ToLevel(Id.FirstUnit)) with
            {
                Peer = holder.Peer,
                State = why.Length > StateCharsMax ? why[..StateCharsMax] : why,
            });
        }
    }

    private void TellLost(string why, Turn turn)
    {
        foreach (var byHolder in _effects.Lost.GroupBy(l => l.By))
        {
            var units = new RunSet();
            foreach (var run in byHolder.SelectMany(l => l.Units))
            {
                units.Add(run.Start, run.Count);
            }

            turn.Events.Add(Event("lost", turn, units.ToArray().ToLevel(Id.FirstUnit)) with
            {
                Peer = byHolder.Key.Peer,
                State = why,
            });
        }
    }
}
