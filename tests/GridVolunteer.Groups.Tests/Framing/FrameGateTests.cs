using GridVolunteer.Groups.Framing;
using GridVolunteer.Groups.Wire;
using GridVolunteer.Simulation.Identity;

namespace GridVolunteer.Groups.Tests.Framing;

public sealed class FrameGateTests
{
    private static readonly ProcessId A = new(1);
    private static readonly ProcessId B = new(2);

    private readonly FrameGate _a = new(new SimulatedProtection(A));
    private readonly FrameGate _b = new(new SimulatedProtection(B));

    [Fact]
    public void Frame_OpensWhereItIsMeantTo()
    {
        Assert.True(_b.TryOpen(A, _a.Seal(B, "hello"u8), out var frame));
        Assert.Equal("hello"u8.ToArray(), frame.ToArray());
    }

    [Fact]
    public void Frame_ChangedOrForAnother_IsRefusedAndCounted()
    {
        var changed = _a.Seal(B, "hello"u8).ToArray();
        changed[0] ^= 1;
        Assert.False(_b.TryOpen(A, changed, out _));
        Assert.False(_a.TryOpen(B, _a.Seal(B, "hello"u8).ToArray(), out _));
        Assert.False(_b.TryOpen(A, [1, 2], out _));
        Assert.Equal(2, _b.Refusals[RefusalReason.Unauthentic]);
        Assert.Equal(1, _a.Refusals[RefusalReason.Unauthentic]);
    }

    [Fact]
    public void WithoutProtection_FramesPassAsTheyAre()
    {
        var gate = new FrameGate(null);
        Assert.True(gate.TryOpen(A, gate.Seal(B, "hello"u8), out var frame));
        Assert.Equal("hello"u8.ToArray(), frame.ToArray());
    }
}
