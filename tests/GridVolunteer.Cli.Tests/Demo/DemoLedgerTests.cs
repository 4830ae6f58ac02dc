using GridVolunteer.Cli.Demo;
using GridVolunteer.Protocol.Events;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Cli.Tests.Demo;

public sealed class DemoLedgerTests
{
    private static readonly PeerId Ada = Peer(1);
    private static readonly PeerId Ben = Peer(2);

    private readonly DemoLedger _ledger = new();

    [Fact]
    public void Units_AreHeldUntilTheyAreValid()
    {
        Happens("leased", Ada, 0, 4);
        Happens("validated", Ada, 1, 2);

        Assert.Equal(2, _ledger.HeldBy(Ada));
        Assert.Equal(2, _ledger.ValidatedBy(Ada));
        Assert.Equal(2, _ledger.UnitsValidated);
    }

    [Fact]
    public void TakenOver_AreTheUnitsHeldAtTheKillThatAnotherValidated()
    {
        Happens("leased", Ada, 0, 4);
        Happens("leased", Ben, 4, 4);
        Happens("validated", Ada, 0, 1);
        Assert.Equal(3, _ledger.Kill(Ada));
        Happens("lost", Ada, 1, 3);
        Happens("leased", Ben, 1, 3);
        Happens("validated", Ben, 1, 2);
        Happens("validated", Ben, 4, 4);

        Assert.Equal(2, _ledger.UnitsTakenOver);
    }

    [Fact]
    public void UnitsValidatedBeforeTheKill_AreNotTakenOver()
    {
        Happens("leased", Ada, 0, 2);
        Happens("leased", Ben, 0, 2);
        Happens("validated", Ben, 0, 1);
        _ledger.Kill(Ada);
        Happens("validated", Ben, 1, 1);

        Assert.Equal(1, _ledger.UnitsTakenOver);
    }

    [Fact]
    public void ResultOfTheVictimThatCameInBeforeItsDeath_IsNotTakenOver()
    {
        Happens("leased", Ada, 0, 2);
        _ledger.Kill(Ada);
        Happens("validated", Ada, 0, 2);

        Assert.Equal(0, _ledger.UnitsTakenOver);
    }

    [Fact]
    public void LeaseThatWasOnItsWayAtTheKill_Counts()
    {
        _ledger.Kill(Ada);
        Happens("leased", Ada, 0, 2);
        Happens("validated", Ben, 0, 2);

        Assert.Equal(2, _ledger.UnitsTakenOver);
    }

    [Fact]
    public void Merges_CountForNothing()
    {
        Happens("leased", Ada, 0, 2, level: 1);
        Happens("validated", Ada, 0, 2, level: 1);

        Assert.Equal(0, _ledger.HeldBy(Ada));
        Assert.Equal(0, _ledger.UnitsValidated);
    }

    private static PeerId Peer(byte number) => PeerId.Parse(new string('0', 62) + number.ToString("x2"));

    private void Happens(string kind, PeerId peer, long start, int count, int level = 0) =>
        _ledger.Apply(new GridEvent
        {
            Kind = kind,
            At = DateTimeOffset.UnixEpoch,
            Level = level,
            Peer = peer,
            Runs = [new UnitRun(start, count)],
        });
}
