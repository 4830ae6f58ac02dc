using System.Collections.Concurrent;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Events;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GridVolunteer.Coordinator.Tests.Engine;

/// <summary>Hosts of tallies on a journal fake, with everything they say noted.</summary>
internal sealed class HostRig(JournalFake journal, EntityHostOptions? options = null) : IEventSink,
INoticeOutbox, ITickSchedule
{
    public static readonly EntityKey Key = new("tally");

    public FakeTimeProvider Clock { get; } = new();

    public ConcurrentQueue<string> Said { get; } = [];

    /// <summary>What the next publishing fails with.</summary>
    public Exception? FailPublish { get; set; }

    public ConcurrentQueue<DateTimeOffset> TicksWanted { get; } = [];

    public EntityHost<Tally> Host(EntityKey? key = null) =>
        new(key ?? Key, () => new Tally(), new EntityHostServices
        {
            Journal = journal,
            Events = this,
            Outbox = this,
            Ticks = this,
            Clock = Clock,
            Logger = NullLogger.Instance,
            Options = options ?? new EntityHostOptions(),
        });

    public static Task<int> AddAsync(EntityHost<Tally> host, int number) =>
        host.AskAsync(number, static (tally, number, turn) => tally.Add(number, turn), default).AsTask();

    public static Task<int> AddHalfAsync(EntityHost<Tally> host, int number) =>
        host.AskAsync(number, static (tally, number, turn) => tally.AddHalf(number, turn), default).AsTask();

    public static Task<IReadOnlyList<int>> ReadAsync(EntityHost<Tally> host) =>
        host.AskAsync(static (tally, _) => (IReadOnlyList<int>)[.. tally.Numbers], default).AsTask();

    public void Publish(IReadOnlyList<GridEvent> events)
    {
        if (FailPublish is { } failure)
        {
            FailPublish = null;
            throw failure;
        }

        foreach (var e in events)
        {
            Said.Enqueue(e.State ?? e.Kind);
        }
    }

    public void Post(IReadOnlyList<Notice> notices)
    {
        foreach (var notice in notices)
        {
            Said.Enqueue(notice.GetType().Name);
        }
    }

    public void Note(ITickable host, DateTimeOffset due) => TicksWanted.Enqueue(due);

    public void Forget(ITickable host)
    {
        // What is forgotten here was never more than noted.
    }
}
