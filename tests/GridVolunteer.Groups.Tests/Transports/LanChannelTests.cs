using System.Net;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Transports;
using GridVolunteer.Groups.Wire;
using GridVolunteer.Simulation.Identity;

namespace GridVolunteer.Groups.Tests.Transports;

public sealed class LanChannelTests
{
    public static TheoryData<string> Addresses => ["239.192.71.86", "127.255.255.255"];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task GroupAddress_LetsProcessesFindEachOther_AndCarriesOnePacketToMany(string address)
    {
        var lan = new LanOptions { Address = IPAddress.Parse(address), Port = FreePort.Find() };
        await using var a = new LoopbackPeer(1, lan);
        await using var b = new LoopbackPeer(2, lan);
        await using var c = new LoopbackPeer(3, lan);
        await using var d = new LoopbackPeer(4, lan);
        HashSet<ProcessId> met = [];
        while (met.Count < 3)
        {
            var (id, contact) = await a.Arrivals.NextMetAsync();
            a.Transport.Learn(id, contact);
            met.Add(id);
        }

        Assert.Equal([b.Id, c.Id, d.Id], met.Order());
        var before = a.Transport.Counters.PacketsSent;
        var message = LoopbackPeer.Message(MessageFamily.Multicast, 900);

        a.Transport.SendToAll([b.Id, c.Id], Carrier.Datagram, message);

        Assert.Equal(before + 1, a.Transport.Counters.PacketsSent);
        Assert.Equal(message, (await b.Arrivals.NextAsync()).Messages);
        Assert.Equal(message, (await c.Arrivals.NextAsync()).Messages);
        // What is for all comes after what was not for this one.
        var last = LoopbackPeer.Message(MessageFamily.Multicast, 10);
        a.Transport.SendToAll([b.Id, c.Id, d.Id], Carrier.Datagram, last);
        Assert.Equal(last, (await d.Arrivals.NextAsync()).Messages);
    }

    [Fact]
    public async Task SendToAll_WithOneThatWasNotHeardThere_GoesToEachAlone()
    {
        var lan = new LanOptions { Port = FreePort.Find() };
        await using var a = new LoopbackPeer(1, lan);
        await using var b = new LoopbackPeer(2, lan);
        await using var far = new LoopbackPeer(3);
        a.Learn(b, far);
        var message = LoopbackPeer.Message(MessageFamily.Multicast, 100);

        a.Transport.SendToAll([b.Id, far.Id], Carrier.Datagram, message);
        a.Transport.Flush();

        Assert.Equal(message, (await b.Arrivals.NextAsync()).Messages);
        Assert.Equal(message, (await far.Arrivals.NextAsync()).Messages);
    }

    [Fact]
    public async Task GroupAddress_WhereAllShareAKey_CarriesSealedFrames_AndRefusesOthers()
    {
        var lan = new LanOptions { Port = FreePort.Find() };
        await using var a = Sealed(1, lan);
        await using var b = Sealed(2, lan);
        await using var forger = new LoopbackPeer(3, lan);
        await UntilMetAsync(a, b.Id, forger.Id);
        await UntilMetAsync(forger, a.Id, b.Id);
        await using var c = Sealed(4, lan);
        await UntilMetAsync(a, c.Id);
        await UntilMetAsync(forger, c.Id);
        var before = a.Transport.Counters.PacketsSent;
        var message = LoopbackPeer.Message(MessageFamily.Multicast, 900);

        // Sent first, so read first: what has no seal, then what has one.
        forger.Transport.SendToAll([b.Id, c.Id], Carrier.Datagram, LoopbackPeer.Message(MessageFamily.Multicast, 50));
        a.Transport.SendToAll([b.Id, c.Id], Carrier.Datagram, message);

        Assert.Equal(before + 1, a.Transport.Counters.PacketsSent);
        foreach (var receiver in new[] { b, c })
        {
            var arrived = await receiver.Arrivals.NextAsync();
            Assert.Equal(a.Id, arrived.From);
            Assert.Equal(message, arrived.Messages);
            Assert.Equal(1, receiver.Transport.Counters.Refused(RefusalReason.Unauthentic));
        }
    }

    private static LoopbackPeer Sealed(int number, LanOptions lan) =>
        new(number, lan, new SimulatedProtection(new ProcessId(((UInt128)number << 96) + (UInt128)number)));

    private static async Task UntilMetAsync(LoopbackPeer peer, params IEnumerable<ProcessId> others)
    {
        HashSet<ProcessId> missing = [.. others];
        while (missing.Count > 0)
        {
            var (id, contact) = await peer.Arrivals.NextMetAsync();
            peer.Transport.Learn(id, contact);
            missing.Remove(id);
        }
    }
}
