using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Tests.Jobs;

/// <summary>
/// A job, its shards as the simplest thing that keeps their contract (open once, decide once, say so as often
/// as asked), and between them a mail that delays, reorders and doubles, and that a crash of the job empties.
/// </summary>
internal sealed class JobAmongShards
{
    private readonly JournaledEntity<Job> _job;
    private readonly SortedDictionary<ShardId, ShardPlan> _open = new(Comparer<ShardId>.Create(
        (a, b) => (a.Level, a.Number).CompareTo((b.Level, b.Number))));

    private readonly Dictionary<ShardId, ShardSummary> _decided = [];
    private readonly List<Notice> _mail = [];
    private readonly int _failingUnits;

    public JobAmongShards(JobId id, JobSubmission submission, int failingUnits)
    {
        _failingUnits = failingUnits;
        _job = new JournaledEntity<Job>(() => new Job(id));
        Tell((job, turn) => job.Create(submission, turn));
    }

    public Job Job => _job.Entity;

    public JobState? StateTold { get; private set; }

    public IReadOnlyCollection<ShardSummary> Decided => _decided.Values;

    public void Step(uint random)
    {
        _job.Now += TimeSpan.FromSeconds(1);
        var choice = (int)(random >> 8);
        switch (random % 16)
        {
            case < 4:
                Tell((job, turn) => job.Advance(choice % 6, turn));
                break;
            case < 8 when _open.Count > 0:
                Decide(_open.Values.ElementAt(choice % _open.Count), isEnded: false);
                break;
            case < 11 when _mail.Count > 0:
                Deliver(choice % _mail.Count, keeps: false);
                break;
            case 11 when _mail.Count > 0:
                Deliver(choice % _mail.Count, keeps: true);
                break;
            case 12:
                // What was under way is lost, and so is what the job had yet to say.
                _mail.Clear();
                _job.Crash();
                Post();
                break;
            case 13:
                _job.TakeSnapshot();
                break;
            case 14:
                var control = choice % 2 == 0 ? JobControl.Pause : JobControl.Resume;
                Tell((job, turn) => job.Control(control, turn));
                break;
            case 15 when choice % 8 == 0:
                Tell((job, turn) => job.Control(JobControl.Cancel, turn));
                break;
            default:
                break;
        }
    }

    /// <summary>Resumes the job and does what is left, in order; it must come to an end.</summary>
    public void RunToTheEnd()
    {
        Tell((job, turn) => job.Control(JobControl.Resume, turn));
        for (var rounds = 0; rounds < 1000; rounds++)
        {
            while (_mail.Count > 0)
            {
                Deliver(0, keeps: false);
            }

            foreach (var plan in _open.Values.ToList())
            {
                Decide(plan, isEnded: false);
            }

            if (Job.Snapshot()!.State.IsFinal() && _mail.Count == 0)
            {
                return;
            }

            Tell((job, turn) => job.Advance(int.MaxValue, turn));
        }

        Assert.Fail("The job does not end.");
    }

    private void Tell(Action<Job, Turn> command)
    {
        _job.Tell(command);
        Post();
    }

    private void Post() => _mail.AddRange(_job.LastTurn.Notices);

    private void Deliver(int index, bool keeps)
    {
        var notice = _mail[index];
        if (!keeps)
        {
            _mail.RemoveAt(index);
        }

        switch (notice)
        {
            case OpenShardNotice open when _decided.TryGetValue(open.Plan.Shard, out var summary):
                _mail.Add(new ShardClosedNotice(summary));
                break;
            case OpenShardNotice open:
                _open[open.Plan.Shard] = open.Plan;
                break;
            case EndShardNotice end when _open.TryGetValue(end.Shard, out var plan):
                Decide(plan, isEnded: true);
                break;
            case EndShardNotice end when !_decided.ContainsKey(end.Shard):
                // Ended before it was ever opened: it has nothing to tell.
                _decided[end.Shard] = new ShardSummary(end.Shard, 0, 0, 0, null, null);
                _mail.Add(new ShardClosedNotice(_decided[end.Shard]));
                break;
            case EndShardNotice end:
                _mail.Add(new ShardClosedNotice(_decided[end.Shard]));
                break;
            case ShardClosedNotice closed:
                Tell((job, turn) => job.ShardClosed(closed.Summary, turn));
                break;
            case JobChangedNotice changed:
                // As in the catalogue: what comes late does not undo an end.
                StateTold = StateTold?.IsFinal() == true ? StateTold : changed.State;
                break;
        }
    }

    private void Decide(ShardPlan plan, bool isEnded)
    {
        _open.Remove(plan.Shard);
        var failed = plan.Shard.Level > 0 ? 0 : Math.Min(_failingUnits, plan.UnitCount);
        var undecided = isEnded ? plan.UnitCount - failed : 0;
        var output = plan.IsLastLevel ? new CanonicalRun(new UnitRun(0, 1), 1, 0) : null;
        var summary = new ShardSummary(
            plan.Shard, plan.UnitCount - failed - undecided, failed, 0, output,
            failed > 0 ? "no luck" : null);
        _decided[plan.Shard] = summary;
        _mail.Add(new ShardClosedNotice(summary));
    }
}
