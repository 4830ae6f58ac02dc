namespace GridVolunteer.Sdk;

/// <summary>One of the results that a merge takes in, or the hole where one failed for good.</summary>
/// <typeparam name="TResult">The workload's result.</typeparam>
/// <param name="Index">The child's index in its level: at the first merge level, the work unit's
/// index.</param>
/// <param name="IsHole">True when the unit failed for good; then there is no result.</param>
/// <param name="Result">The result; the default value when this is a hole.</param>
public readonly record struct MergeChild<TResult>(long Index, bool IsHole, TResult? Result);
