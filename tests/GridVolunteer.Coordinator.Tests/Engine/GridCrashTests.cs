using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Tests.Conformance;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Events;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Work;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GridVolunteer.Coordinator.Tests.Engine;

/// <summary>
/// A whole job on a grid that dies after every few appends, wherever that is: between a shard's last result
/// and its job's hearing of it, say. Agents live on and repeat what was not answered. The job must end right,
/// and nothing that was acknowledged may be missing after any restart.
/// </summary>
public sealed class GridCrashTests
{
    [Property(MaxTest = 40)]
    public Property AJob_EndsRight_HoweverOftenTheProcessDies() => Prop.ForAll(
        Arb.From(Gen.Choose(0, int.MaxValue)),
        seed => new Life(seed).RunAsync().GetAwaiter().GetResult().Label($"seed {seed}"));

    private sealed class Life(int seed) : IEventSink, IBrokerFeed
    {
        private const int Units = 150;
        private const int StepsMax = 3000;
        private static readonly JobId Job = new(1);

        private readonly System.Random _random = new(seed);
        private readonly JournalFake _journal = new();
        private readonly Agent[] _agents =
            [new(new PeerId(0, 1)), new(new PeerId(0, 2)), new(new PeerId(0, 3))];
        private readonly List<UnitRun> _acknowledged = [];
        private int _steps;

        public async Task<bool> RunAsync()
        {
            var submission = Submission(_random.Next(1, 3));
            for (var life = 0; _steps < StepsMax; life++)
            {
                _journal.AppendsLeft = _random.Next(1, 12);
                using var grid = new EmbeddedGrid(
                    _journal, this, this, new EmbeddedGridOptions(), new FakeTimeProvider(),
                    NullLogger<EmbeddedGrid>.Instance);
                try
                {
                    await grid.StartAsync(default);
                    if (!await HoldsAcknowledgedAsync(grid, submission.Quorum))
                    {
                        return false;
                    }

                    if (await LiveAsync(grid, submission))
                    {
                        return await IsRightAsync(grid);
                    }
                }
                catch (StorageUnavailableException)
                {
                    // That is how the process dies here; the next one finds the journal.
                }

                await grid.StopAsync(new CancellationToken(canceled: true));
            }

            return false;
        }

        public void Publish(IReadOnlyList<GridEvent> events)
        {
            // Nobody watches.
        }

        public void JobChanged(JobId job)
        {
            // The agents ask the job itself.
        }

        public void WorkAppeared(ShardId shard)
        {
            // The agents ask in turn.
        }

        /// <summary>Submits and works until the job has ended; true then.</summary>
        private async Task<bool> LiveAsync(EmbeddedGrid grid, JobSubmission submission)
        {
            Assert.Equal(Job, await grid.Catalog.RegisterAsync(submission.RequestId, default));
            await grid.Job(Job).CreateAsync(submission, default);
            while (_steps++ < StepsMax)
            {
                while (grid.HasNotices)
                {
                    await Task.Yield();
                }

                if (_journal.AppendsLeft < 0)
                {
                    throw new StorageUnavailableException("A notice could not be delivered: time to die.");
                }

                var job = (await grid.Job(Job).SnapshotAsync(default))!;
                if (job.State == JobState.Completed && (await grid.Catalog.ActiveAsync(default)).Count == 0)
                {
                    return true;
                }

                var open = (job.OpenShards is [var first, ..] ? first : null)?.Shard
                    ?? (await grid.Job(Job).AdvanceAsync(0, default))?.Shard;
                if (open is { } shard)
                {
                    await ExchangeAsync(grid, shard, _agents[_random.Next(_agents.Length)]);
                }
            }

            return false;
        }

        private async Task ExchangeAsync(EmbeddedGrid grid, ShardId shard, Agent agent)
        {
            var reports = agent.Unacknowledged.Where(r => r.Grant.Shard == shard).ToArray();
            agent.Request ??= $"{agent.Peer.Short}-{_steps}";
            var lease = new LeaseRequest(
                agent.Request, _random.Next(1, 60), TimeSpan.FromSeconds(1), 1, false);
            var answer = await grid.Shard(shard).ExchangeAsync(
                new ShardExchange(agent.Peer, reports, lease), default);
            Assert.All(answer.Outcomes, o => Assert.Null(o.Refusal));
            _acknowledged.AddRange(reports.Where(r => r.Grant.Shard.Level == 0).SelectMany(r => r.Runs));
            agent.Unacknowledged.RemoveAll(reports.Contains);
            agent.Request = null;
            if (answer.Grant is { } grant)
            {
                agent.Unacknowledged.Add(GridRig.Computed(grant));
            }
        }

        private async Task<bool> HoldsAcknowledgedAsync(EmbeddedGrid grid, int quorum)
        {
            if (quorum > 1 || _acknowledged.Count == 0)
            {
                return true; // One result of two makes nothing canonical; the end tells whether it was kept.
            }

            var reader = new ResultReader(grid, _journal);
            var present = (await reader.ReadChildrenAsync(Job, 0, new UnitRun(0, Units), default)).Present;
            return _acknowledged.All(a => present.Any(p => p.Start <= a.Start && a.End <= p.End));
        }

        private async Task<bool> IsRightAsync(EmbeddedGrid grid)
        {
            var job = (await grid.Job(Job).SnapshotAsync(default))!;
            var reader = new ResultReader(grid, _journal);
            var results = await reader.ReadChildrenAsync(Job, 0, new UnitRun(0, Units), default);
            var expected = GridRig.Computed(new ShardGrant(default, [new UnitRun(0, Units)], default, false));
            return job is { UnitsValidated: Units, UnitsFailed: 0, MergesValidated: 4, Output: not null }
                && results.Results.Span.SequenceEqual(expected.Results.Span);
        }

        private static JobSubmission Submission(int quorum) => new()
        {
            RequestId = "the one",
            Workload = "test",
            Package = BlobHasher.Of("package"u8),
            Parameters = System.Text.Json.JsonDocument.Parse("{}").RootElement,
            Units = Units,
            MergeFanIn = 64,
            Quorum = quorum,
        };

        private sealed class Agent(PeerId peer)
        {
            public PeerId Peer { get; } = peer;

            /// <summary>The request in doubt: repeated until it is answered.</summary>
            public string? Request { get; set; }

            public List<GrantReport> Unacknowledged { get; } = [];
        }
    }
}
