namespace GridVolunteer.Coordination.Tests.Jobs;

/// <summary>What a property test does, step by step; each number says which step and with what.</summary>
/// <param name="Steps">Evenly spread numbers.</param>
public sealed record Script(uint[] Steps)
{
    /// <summary>As C#, so that a failing script can be pasted into a test.</summary>
    public override string ToString() => $"new Script([{string.Join(", ", Steps)}])";
}
