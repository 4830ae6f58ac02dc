using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Events;
using Microsoft.Extensions.Logging.Abstractions;

namespace GridVolunteer.Cluster.Tests.Storage;

/// <summary>A process of which nobody hears: a mailbox in it reads and writes its journal, and tells nobody.</summary>
internal sealed class Unheard : IEventSink, INoticeOutbox, ITickSchedule
{
    /// <summary>What mailboxes there work with.</summary>
    public static EntityHostServices Services(IJournal journal)
    {
        var nobody = new Unheard();
        return new EntityHostServices
        {
            Journal = journal,
            Outbox = nobody,
            Events = nobody,
            Ticks = nobody,
            Clock = TimeProvider.System,
            Logger = NullLogger.Instance,
        };
    }

    public void Publish(IReadOnlyList<GridEvent> events)
    {
        // To nobody.
    }

    public void Post(IReadOnlyList<Notice> notices)
    {
        // To nobody.
    }

    public void Note(ITickable host, DateTimeOffset due)
    {
        // It does nothing by itself.
    }

    public void Forget(ITickable host)
    {
        // See Note.
    }
}
