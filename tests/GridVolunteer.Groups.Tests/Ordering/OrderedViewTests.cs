using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Views;

namespace GridVolunteer.Groups.Tests.Ordering;

/// <summary>What becomes of places when those who proposed them are gone.</summary>
public sealed class OrderedViewTests
{
    private readonly OrderQueue _queue = new();
    private readonly OrderedView _view;
    private readonly View _members = new(1, [Life(0), Life(1), Life(2)]);

    public OrderedViewTests()
    {
        var member = new GroupMember(new GroupId(1), Life(0).Id, 1, new GroupOptions(), null, new Random(1));
        var group = new OrderedGroup(member, null, new GroupOptions());
        _view = new OrderedView(group, _members, self: 0, _queue, new OrderClock(), OrderFlaw.None);
        for (var rank = 0; rank < 3; rank++)
        {
            _view.Speak(rank, 1, (ulong)(1 + rank), holdsView: false);
        }

        _view.Settle();
        Assert.Equal([3ul], Places());
    }

    [Fact]
    public void Place_IsTheGreatestProposal()
    {
        Send(rank: 1, sequence: 2, clock: 10);
        _view.Propose(0, new Receipt(1, 2), 12);
        _view.Propose(2, new Receipt(1, 2), 11);
        _view.Settle();
        Assert.Equal([12ul], Places());
    }

    [Fact]
    public void Proposal_MayComeBeforeItsMessage()
    {
        _view.Propose(2, new Receipt(1, 2), 20);
        Send(rank: 1, sequence: 2, clock: 10);
        _view.Propose(0, new Receipt(1, 2), 12);
        _view.Settle();
        Assert.Equal([20ul], Places());
    }

    [Fact]
    public void ProposalOfOneWhoIsGone_Counts_AndWhatFollowsStandsNoLower()
    {
        Send(rank: 1, sequence: 2, clock: 10);
        Send(rank: 1, sequence: 3, clock: 11);
        _view.Propose(2, new Receipt(1, 2), 100);
        _view.Propose(0, new Receipt(1, 2), 12);
        _view.Propose(0, new Receipt(1, 3), 13);
        _view.Settle();
        // What has no place yet may stand before it.
        Assert.Empty(Places());
        // The one who is gone has said nothing of the second; its place must not be before the first.
        _view.Follow(new View(2, [Life(0), Life(1)]));
        _view.Settle();
        Assert.Equal([100ul, 100ul], Places());
    }

    [Fact]
    public void NextView_IsTheProposalForWhatHasNone()
    {
        Send(rank: 1, sequence: 2, clock: 10);
        _view.Propose(1, new Receipt(0, 9), 11);
        _view.Follow(new View(2, [Life(0), Life(1)]));
        _view.Settle();
        Assert.Empty(Places());
        _view.CatchUp(0, 30, holdsView: false);
        _view.Settle();
        Assert.Equal([30ul], Places());
    }

    [Fact]
    public void ProposalForWhatCannotHaveBeenSent_IsRefused()
    {
        Assert.False(_view.Propose(2, new Receipt(1, 1_000_000), 20));
        Assert.False(_view.Propose(2, new Receipt(17, 1), 20));
        Assert.False(_view.Propose(2, new Receipt(2, 5), 20));
    }

    private static MemberLife Life(int n) => new(new ProcessId((UInt128)(n + 1)), 1);

    private void Send(int rank, ulong sequence, ulong clock)
    {
        _view.Speak(rank, sequence, clock, holdsView: false);
        _view.Add(new OrderItem(_view, rank, sequence), clock);
    }

    private List<ulong> Places()
    {
        List<ulong> places = [];
        while (_queue.TryPeek(out var item))
        {
            _queue.Take();
            places.Add(item.Stamp.Time);
        }

        return places;
    }
}
