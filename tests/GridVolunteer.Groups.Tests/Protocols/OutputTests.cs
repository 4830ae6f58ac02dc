using GridVolunteer.Groups.Protocols;

namespace GridVolunteer.Groups.Tests.Protocols;

public sealed class OutputTests
{
    private readonly Output<string> _output = new();

    [Fact]
    public void Messages_KeepTheirOrderAndBytes()
    {
        var large = new byte[5_000];
        Array.Fill(large, (byte)9);
        _output.Send(new ProcessId(1), Carrier.Datagram, [1, 2]);
        _output.Send(new ProcessId(2), Carrier.Stream, large);

        Assert.Equal([new ProcessId(1), new ProcessId(2)], _output.Messages.Select(m => m.To));
        Assert.Equal([1, 2], _output.BytesOf(_output.Messages[0]).ToArray());
        Assert.Equal(large, _output.BytesOf(_output.Messages[1]).ToArray());
    }

    [Fact]
    public void Multicast_LeavesOneOutAndKeepsTheBytesOnce()
    {
        _output.Multicast(
            [new ProcessId(1), new ProcessId(2), new ProcessId(3)], new ProcessId(2), Carrier.Datagram, [5]);

        Assert.Equal([new ProcessId(1), new ProcessId(3)], _output.Messages.Select(m => m.To));
        Assert.Single(_output.Messages.Select(m => m.Start).Distinct());
    }

    [Fact]
    public void Clear_LeavesNothing()
    {
        _output.Emit("something");
        _output.Send(new ProcessId(1), Carrier.Datagram, [1]);
        Assert.False(_output.IsEmpty);
        _output.Clear();
        Assert.True(_output.IsEmpty);
    }
}
