using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Tests.Hosting;

/// <summary>A protocol of an application's own: greetings are answered once, and its ticks are counted.</summary>
internal sealed class EchoProtocol : IProtocol<string>
{
    private const byte Greeting = (byte)MessageFamily.Application;
    private const byte Answer = (byte)MessageFamily.Application + 1;

    private readonly WireWriter _writer = new();

    public TimeSpan Due { get; private set; } = TimeSpan.MaxValue;

    /// <summary>Greets, and wants a tick after a moment.</summary>
    public void Greet(ProcessId to, TimeSpan now, Output<string> output)
    {
        Due = now + TimeSpan.FromMilliseconds(20);
        Send(Greeting, to, output);
    }

    public void Receive(ProcessId from, ReadOnlySpan<byte> message, TimeSpan now, Output<string> output)
    {
        output.Emit(message[0] == Greeting ? $"greeted by {from}" : $"answered by {from}");
        if (message[0] == Greeting)
        {
            Send(Answer, from, output);
        }
    }

    public void Tick(TimeSpan now, Output<string> output)
    {
        Due = TimeSpan.MaxValue;
        output.Emit("tick");
    }

    private void Send(byte kind, ProcessId to, Output<string> output)
    {
        _writer.Clear();
        _writer.End(_writer.BeginMessage(kind, version: 1));
        output.Send(to, Carrier.Stream, _writer.Written);
    }
}
