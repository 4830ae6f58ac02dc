using GridVolunteer.Coordinator.Events;
using GridVolunteer.Protocol.Events;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordinator.Tests.Events;

/// <summary>The ring behind the event stream.</summary>
public sealed class EventRingTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddYears(60);
    private readonly EventRing _ring = new(Start, capacity: 8);

    [Fact]
    public void Read_GivesEventsInOrder_FromAnyPositionKept()
    {
        var first = _ring.Next;
        Publish(5);
        var slots = new EventSlot[8];
        Assert.Equal(3, _ring.Read(first + 2, slots));
        Assert.Equal([first + 2, first + 3, first + 4], slots[..3].Select(s => s.Position));
        Assert.Equal(["2", "3", "4"], slots[..3].Select(s => s.Event.State));
        Assert.Equal(0, _ring.Read(first + 5, slots));
    }

    [Fact]
    public void Read_OfAPositionOvertaken_SaysSo()
    {
        var first = _ring.Next;
        Publish(9);
        Assert.Equal(-1, _ring.Read(first, new EventSlot[8]));
        Assert.Equal(first + 1, _ring.Oldest);
        Assert.Equal(8, _ring.Read(first + 1, new EventSlot[8]));
    }

    [Fact]
    public void Read_OfAPositionNeverReached_SaysSo() =>
        Assert.Equal(-1, _ring.Read(_ring.Next + 1, new EventSlot[8]));

    [Fact]
    public void EventsOfManyRuns_AreKeptUntilTheirRunsAreTooMany()
    {
        var first = _ring.Next;
        UnitRun[] runs = new UnitRun[EventRing.RunsMax / 2];
        var large = new GridEvent { Kind = "leased", At = Start, Runs = runs };
        _ring.Publish([large, large]);
        Assert.Equal(first, _ring.Oldest);
        Publish(3);
        Assert.Equal(first, _ring.Oldest);
        _ring.Publish([large]);
        Assert.Equal(first + 1, _ring.Oldest);
        Assert.Equal(-1, _ring.Read(first, new EventSlot[8]));
        Assert.Equal(5, _ring.Read(first + 1, new EventSlot[8]));
        Publish(20);
        Assert.Equal(_ring.Next - 8, _ring.Oldest);
    }

    [Fact]
    public void Positions_OfALaterStart_AreAboveAllEarlierOnes()
    {
        Publish(100);
        var later = new EventRing(Start.AddMilliseconds(1), capacity: 8);
        Assert.True(later.Next > _ring.Next);
        Assert.Equal(-1, later.Read(_ring.Next, new EventSlot[8]));
    }

    [Fact]
    public void WhenReached_CompletesWithTheEvent()
    {
        var waiting = _ring.WhenReached(_ring.Next);
        Assert.False(waiting.IsCompleted);
        Publish(1);
        Assert.True(waiting.IsCompleted);
    }

    private void Publish(int count) => _ring.Publish(
        [.. Enumerable.Range(0, count).Select(i => new GridEvent { Kind = "peer", At = Start, State = $"{i}" })]);
}
