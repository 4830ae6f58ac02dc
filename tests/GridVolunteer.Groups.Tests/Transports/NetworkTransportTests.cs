using System.Net;
using System.Net.Sockets;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Transports;
using GridVolunteer.Groups.Wire;
using GridVolunteer.Simulation.Identity;

namespace GridVolunteer.Groups.Tests.Transports;

public sealed class NetworkTransportTests
{
    [Fact]
    public async Task Send_OfSmallMessages_PacksThemIntoOneDatagram()
    {
        await using var a = new LoopbackPeer(1);
        await using var b = new LoopbackPeer(2);
        a.Learn(b);
        var one = LoopbackPeer.Message(MessageFamily.Multicast, 30);
        var two = LoopbackPeer.Message(MessageFamily.Search, 40);

        a.Transport.Send(b.Id, Carrier.Datagram, one);
        a.Transport.Send(b.Id, Carrier.Datagram, two);
        a.Transport.Flush();

        var (from, messages) = await b.Arrivals.NextAsync();
        Assert.Equal(a.Id, from);
        Assert.Equal([.. one, .. two], messages);
        Assert.Equal(1, a.Transport.Counters.PacketsSent);
    }

    [Fact]
    public async Task Send_OnAStream_CarriesAMebibyteInBothDirections()
    {
        await using var a = new LoopbackPeer(1);
        await using var b = new LoopbackPeer(2);
        a.Learn(b);
        var question = LoopbackPeer.Message(MessageFamily.Views, 1 << 20, 3);
        var answer = LoopbackPeer.Message(MessageFamily.Views, 1 << 20, 4);

        a.Transport.Send(b.Id, Carrier.Stream, question);
        Assert.Equal(question, (await b.Arrivals.NextAsync()).Messages);
        var (id, contact) = await b.Arrivals.NextMetAsync();
        b.Transport.Learn(id, contact);
        b.Transport.Send(a.Id, Carrier.Stream, answer);

        var (from, messages) = await a.Arrivals.NextAsync();
        Assert.Equal(b.Id, from);
        Assert.Equal(answer, messages);
    }

    [Fact]
    public async Task Flush_OfMuch_GoesDownAnOpenStreamInOnePiece()
    {
        await using var a = new LoopbackPeer(1);
        await using var b = new LoopbackPeer(2);
        a.Learn(b);
        a.Transport.Send(b.Id, Carrier.Stream, LoopbackPeer.Message(MessageFamily.Views, 1));
        await b.Arrivals.NextAsync();

        var message = LoopbackPeer.Message(MessageFamily.Multicast, 1_000);
        for (var i = 0; i < 20; i++)
        {
            a.Transport.Send(b.Id, Carrier.Datagram, message);
        }

        a.Transport.Flush();

        Assert.Equal(20 * message.Length, (await b.Arrivals.NextAsync()).Messages.Length);
        Assert.Equal(0, a.Transport.Counters.PacketsSent);
    }

    [Fact]
    public async Task Detector_Messages_StayDatagramsOfTheirOwn()
    {
        await using var a = new LoopbackPeer(1);
        await using var b = new LoopbackPeer(2);
        a.Learn(b);
        var ping = LoopbackPeer.Message(MessageFamily.Detector, 10);

        a.Transport.Send(b.Id, Carrier.Datagram, ping);

        // Without a flush: it does not wait for others.
        Assert.Equal(ping, (await b.Arrivals.NextAsync()).Messages);
    }

    [Fact]
    public async Task Greet_TellsBothWhoTheOtherIs()
    {
        await using var a = new LoopbackPeer(1);
        await using var b = new LoopbackPeer(2);

        a.Transport.Greet(b.Transport.Contact.Span);

        Assert.Equal(b.Id, (await a.Arrivals.NextMetAsync()).Id);
        var (id, contact) = await b.Arrivals.NextMetAsync();
        Assert.Equal(a.Id, id);
        Assert.Equal(a.Transport.Contact.ToArray(), contact);
    }

    [Fact]
    public async Task Send_ToWhereNobodyListens_IsToldAsAFailure()
    {
        await using var a = new LoopbackPeer(1);
        var gone = new LoopbackPeer(2);
        a.Learn(gone);
        await gone.DisposeAsync();

        a.Transport.Send(gone.Id, Carrier.Stream, LoopbackPeer.Message(MessageFamily.Views, 1));

        Assert.Equal(gone.Id, await a.Arrivals.NextFailureAsync());
    }

    [Fact]
    public async Task Stream_WhoseOtherEndDies_IsToldAndOpenedAgain()
    {
        await using var a = new LoopbackPeer(1);
        var first = new LoopbackPeer(2);
        a.Learn(first);
        a.Transport.Send(first.Id, Carrier.Stream, LoopbackPeer.Message(MessageFamily.Views, 1));
        await first.Arrivals.NextAsync();
        await first.DisposeAsync();
        Assert.Equal(first.Id, await a.Arrivals.NextFailureAsync());

        await using var second = new LoopbackPeer(2);
        a.Learn(second);
        a.Transport.Send(second.Id, Carrier.Stream, LoopbackPeer.Message(MessageFamily.Views, 2));

        Assert.Equal(a.Id, (await second.Arrivals.NextAsync()).From);
    }

    [Fact]
    public async Task Stream_WhoseReaderHasNoRoom_Waits()
    {
        await using var a = new LoopbackPeer(1);
        await using var b = new LoopbackPeer(2);
        a.Learn(b);
        b.Arrivals.Refuse(frames: 1);
        var message = LoopbackPeer.Message(MessageFamily.Views, 100);

        a.Transport.Send(b.Id, Carrier.Stream, message);
        b.Arrivals.MakeRoom();

        Assert.Equal(message, (await b.Arrivals.NextAsync()).Messages);
    }

    [Fact]
    public async Task Frames_ThatAreSealed_PassAndForgedOnesDoNot()
    {
        await using var a = new LoopbackPeer(1, protection: new SimulatedProtection(IdOf(1)));
        await using var b = new LoopbackPeer(2, protection: new SimulatedProtection(IdOf(2)));
        await using var plain = new LoopbackPeer(3);
        a.Learn(b);
        plain.Learn(b);
        var message = LoopbackPeer.Message(MessageFamily.Views, 100);

        plain.Transport.Send(b.Id, Carrier.Datagram, message);
        plain.Transport.Flush();
        plain.Transport.Send(b.Id, Carrier.Stream, message);
        // Its stream is ended, as its hello does not open.
        Assert.Equal(b.Id, await plain.Arrivals.NextFailureAsync());
        a.Transport.Send(b.Id, Carrier.Stream, message);

        Assert.Equal(a.Id, (await b.Arrivals.NextAsync()).From);
        Assert.True(b.Arrivals.IsEmpty);
        Assert.True(b.Transport.Counters.Refused(RefusalReason.Unauthentic) >= 1);
    }

    [Fact]
    public async Task HostileBytes_AreRefusedAndCounted_AndOthersAreServed()
    {
        await using var b = new LoopbackPeer(2);
        var random = new Random(5);
        using var hostile = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[random.Next(0, 1_500)];
            random.NextBytes(bytes);
            hostile.SendTo(bytes, b.Transport.EndPoint);
            using var stream = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await stream.ConnectAsync(b.Transport.EndPoint);
            await stream.SendAsync(bytes.AsMemory(0, bytes.Length / 4));
        }

        await using var a = new LoopbackPeer(1);
        a.Learn(b);
        a.Transport.Send(b.Id, Carrier.Stream, LoopbackPeer.Message(MessageFamily.Views, 1));

        Assert.Equal(a.Id, (await b.Arrivals.NextAsync()).From);
        Assert.True(b.Transport.Counters.RefusedTotal > 0);
        Assert.True(b.Arrivals.IsEmpty);
    }

    [Fact]
    public async Task Stream_ThatAnnouncesMuch_TakesNoMemoryForIt()
    {
        await using var b = new LoopbackPeer(2);
        using var stream = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await stream.ConnectAsync(b.Transport.EndPoint);

        await stream.SendAsync(new byte[] { 0xff, 0xff, 0xff, 0x7f, 1, 2, 3 });

        // The other end hangs up.
        var ended = 0;
        try
        {
            ended = await stream.ReceiveAsync(new byte[10]);
        }
        catch (SocketException)
        {
            // Reset, as there was something left to read.
        }

        Assert.Equal(0, ended);
        Assert.Equal(1, b.Transport.Counters.Refused(RefusalReason.TooLong));
    }

    private static ProcessId IdOf(int number) => new(((UInt128)number << 96) + (UInt128)number);
}
