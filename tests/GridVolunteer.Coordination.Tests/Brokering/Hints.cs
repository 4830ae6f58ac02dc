using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordination.Tests.Jobs;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Tests.Brokering;

/// <summary>What jobs, shards and volunteers tell a broker, made up.</summary>
internal static class Hints
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static HostFacts Host { get; } = new()
    {
        OperatingSystem = "linux",
        Architecture = "x64",
        Threads = 4,
        MemoryBytes = 8L << 30,
        DiskBytes = 100L << 30,
        Programs = ["python3"],
    };

    public static VolunteerBrief Brief { get; } = new(Host, null, EstimateBook.Empty);

    public static PeerId Peer(int number) => PeerId.FromBytes(Digest32((byte)number));

    /// <summary>
    /// A running job of one level with the shards named open, and others that were never opened.
    /// </summary>
    public static JobSnapshot Job(
        long number, int[]? open = null, int unopened = 0, int priority = 100,
        JobState state = JobState.Running, Func<JobSubmission, JobSubmission>? vary = null)
    {
        open ??= [0];
        var opened = open.Length == 0 ? 0 : open.Max() + 1;
        var submission = Submissions.Sound with
        {
            Units = (long)Math.Max(opened + unopened, 1) * WorkGeometry.UnitsPerShard,
            Priority = priority,
        };
        return new JobSnapshot
        {
            Id = new JobId(number),
            Submission = vary?.Invoke(submission) ?? submission,
            State = state,
            SubmittedAt = Now,
            Level = 0,
            OpenShards = [.. open.Select(n => Plan(new ShardId(new JobId(number), 0, n)))],
            ShardsUnopened = unopened,
            UnitsValidated = 0,
            UnitsFailed = 0,
            UnitsReassigned = 0,
            MergesTotal = 0,
            MergesValidated = 0,
        };
    }

    public static ShardPlan Plan(ShardId shard) => new()
    {
        Shard = shard,
        UnitCount = WorkGeometry.UnitsPerShard,
        Quorum = 1,
        Agreement = AgreementRule.Exact,
        UnitTimeLimit = TimeSpan.FromHours(1),
        IsLastLevel = false,
    };

    public static ShardStatus Status(
        ShardId shard, int wanted = 0, int returned = 0, bool second = false, bool closed = false) => new()
        {
            Shard = shard,
            UnitCount = WorkGeometry.UnitsPerShard,
            Fresh = wanted,
            Running = 0,
            Returned = returned,
            Pending = 0,
            Validated = 0,
            Failed = 0,
            Reassigned = 0,
            CopiesWanted = wanted + returned,
            WantsSecondCopies = second,
            IsClosed = closed,
        };

    private static byte[] Digest32(byte number)
    {
        var bytes = new byte[PeerId.SizeBytes];
        bytes[^1] = number;
        return bytes;
    }
}
