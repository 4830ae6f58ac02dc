using FsCheck.Xunit;

namespace GridVolunteer.Peer.Tests.Buffering;

/// <summary>
/// Whatever happens in whatever order, every unit is in exactly one place, and none is lost.
/// </summary>
public sealed class WorkBufferProperties
{
    [Property(MaxTest = 300)]
    public void EveryUnit_IsInOnePlace_AndAllAreAcknowledgedOnceThingsHeal(int[] steps)
    {
        var model = new BufferModel();
        var random = new Random(steps.Length == 0 ? 0 : steps[0]);
        foreach (var step in steps.Concat(Enumerable.Range(0, 5 * steps.Length).Select(_ => random.Next())))
        {
            model.Step(step == int.MinValue ? 0 : step);
        }

        model.Heal();
    }
}
