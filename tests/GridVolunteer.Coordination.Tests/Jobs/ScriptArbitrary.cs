using FsCheck;
using FsCheck.Fluent;

namespace GridVolunteer.Coordination.Tests.Jobs;

/// <summary>Makes scripts of up to about 400 steps, and shorter ones of one that fails.</summary>
public static class ScriptArbitrary
{
    public static Arbitrary<Script> Scripts()
    {
        var steps = Gen.Choose(0, int.MaxValue).Select(n => (uint)n * 2654435761u);
        var script = Gen.Sized(size => Gen.Choose(0, size * 4).SelectMany(n => steps.ArrayOf(n)));
        return Arb.From(script.Select(s => new Script(s)), Shorter);
    }

    private static IEnumerable<Script> Shorter(Script script)
    {
        for (var length = script.Steps.Length / 2; length > 0; length /= 2)
        {
            for (var start = 0; start + length <= script.Steps.Length; start += length)
            {
                yield return new Script([.. script.Steps[..start], .. script.Steps[(start + length)..]]);
            }
        }
    }
}
