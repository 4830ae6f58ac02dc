using System.Text.Json;
using GridVolunteer.Cluster.Silos;
using GridVolunteer.Coordinator.Events;
using GridVolunteer.Protocol.Events;
using Microsoft.Extensions.Time.Testing;

namespace GridVolunteer.Cluster.Tests.Silos;

public sealed class HeardEventsTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly EventRing _ring;
    private readonly HeardEvents _heard;

    public HeardEventsTests()
    {
        _ring = new EventRing(_clock.GetUtcNow());
        _heard = new HeardEvents(_ring, _clock);
    }

    [Fact]
    public void WithoutReaders_NothingIsTakenIn_AndOneThatReadsOnFindsAGap()
    {
        var start = _ring.Next;
        Take("a");
        Take("b");
        Assert.Equal(["gap"], Kinds(start));
    }

    [Fact]
    public void AReader_GetsWhatHappensElsewhere_AndAWhileAfterItHasGoneToo()
    {
        var start = _ring.Next;
        _ring.NoteReader();
        Take("a");
        _clock.Advance(HeardEvents.Awaited);
        Take("b");
        _clock.Advance(TimeSpan.FromSeconds(1));
        Take("missed");
        Take("missed");
        _ring.NoteReader();
        Take("c");
        Assert.Equal(["a", "b", "gap", "c"], Kinds(start));
    }

    [Fact]
    public void AReaderThatWaits_GetsWhatHappensElsewhere_HoweverLongNothingDid()
    {
        var start = _ring.Next;
        var waiting = _ring.WhenReached(start);
        _clock.Advance(TimeSpan.FromHours(1));
        Take("a");
        Assert.True(waiting.IsCompleted);
        Assert.Equal(["a"], Kinds(start));
    }

    private void Take(string kind) => _heard.Take(JsonSerializer.SerializeToUtf8Bytes(
        (GridEvent[])[new GridEvent { Kind = kind, At = _clock.GetUtcNow() }], NewsJson.Default.GridEventArray));

    private string[] Kinds(long from)
    {
        var slots = new EventSlot[16];
        return [.. slots.Take(_ring.Read(from, slots)).Select(slot => slot.Event.Kind)];
    }
}
