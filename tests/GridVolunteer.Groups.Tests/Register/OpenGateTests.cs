using FsCheck.Xunit;
using GridVolunteer.Groups.Register;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Tests.Register;

/// <summary>What keeps posts from being delivered twice.</summary>
public sealed class OpenGateTests
{
    private static readonly MemberLife Author = new(new ProcessId(5), 3);

    [Fact]
    public void OwnMessages_PassAsTheyAre()
    {
        var gate = new OpenGate();
        Assert.True(gate.TryOpen(gate.Wrap([1, 2]), out var opened));
        Assert.Equal((null, false), ((object?)opened.Author, opened.IsRepeated));
        Assert.Equal([1, 2], opened.Payload.ToArray());
    }

    [Property(MaxTest = 200)]
    public bool EachNumber_IsNewOnce_InWhateverOrderWithinTheWindow(byte[] numbers)
    {
        var gate = new OpenGate();
        HashSet<ulong> seen = [];
        foreach (var number in numbers.Select(n => 1000 + ((ulong)n % 60)))
        {
            gate.TryOpen(gate.WrapPost(Author, number, [9]), out var opened);
            if (opened!.IsRepeated == seen.Add(number) || !gate.HasDelivered(Author, number))
            {
                return false;
            }
        }

        return true;
    }

    [Fact]
    public void WhoJoins_TakesOverWhatWasDelivered()
    {
        var gate = new OpenGate();
        gate.TryOpen(gate.WrapPost(Author, 7, [9]), out _);
        var writer = new WireWriter();
        gate.Write(writer);
        var reader = new WireReader(writer.Written);
        var other = new OpenGate();
        Assert.True(other.TryRead(ref reader));
        Assert.True(other.HasDelivered(Author, 7));
        Assert.False(other.HasDelivered(Author, 6));
        Assert.False(other.HasDelivered(Author with { Life = 4 }, 7));
    }

    [Fact]
    public void Authors_AreBounded_AndTheOldestIsForgotten()
    {
        var gate = new OpenGate();
        for (uint i = 1; i <= OpenGate.AuthorsMax + 1; i++)
        {
            gate.TryOpen(gate.WrapPost(new MemberLife(new ProcessId(i), 1), 1, []), out _);
        }

        Assert.False(gate.HasDelivered(new MemberLife(new ProcessId(1), 1), 1));
        Assert.True(gate.HasDelivered(new MemberLife(new ProcessId(2), 1), 1));
    }

    [Property(MaxTest = 300)]
    public void AnyBytes_AreRefusedOrHarmless(byte[] bytes)
    {
        var gate = new OpenGate();
        gate.TryOpen(bytes, out _);
        var reader = new WireReader(bytes);
        gate.TryRead(ref reader);
    }
}
