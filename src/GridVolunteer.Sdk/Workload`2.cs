namespace GridVolunteer.Sdk;

/// <summary>
/// A program made for the grid whose units are told by their index alone (a plan by count): samples of a
/// simulation, combinations of parameters, frames of a film. See <see cref="Workload{TParameters, TUnit,
/// TResult}"/> for the rules.
/// </summary>
/// <example>
/// <code><![CDATA[
/// public sealed record Options([property: Description("Points a unit throws.")] long Points = 1_000_000);
/// public sealed record Hits(long Inside, long Thrown);
///
/// [Description("Estimates pi by throwing points at a square.")]
/// public sealed class Pi : Workload<Options, Hits>
/// {
///     protected override JobPlan<long> Plan(JobContext<Options> job, CancellationToken cancellationToken) =>
///         JobPlan.Count(100);
///
///     protected override ValueTask<Hits> ComputeAsync(
///         UnitContext<Options, long> unit, CancellationToken cancellationToken)
///     {
///         var inside = 0L;
///         for (var i = 0L; i < unit.Parameters.Points; i++)
///         {
///             var (x, y) = (unit.Random.NextDouble(), unit.Random.NextDouble());
///             inside += (x * x) + (y * y) < 1 ? 1 : 0;
///         }
///
///         return ValueTask.FromResult(new Hits(inside, unit.Parameters.Points));
///     }
///
///     protected override Hits Merge(MergeSet<Hits> results, JobContext<Options> job) =>
///         new(results.Results.Sum(r => r.Inside), results.Results.Sum(r => r.Thrown));
/// }
/// ]]></code>
/// </example>
/// <typeparam name="TParameters">A record of the job's parameters.</typeparam>
/// <typeparam name="TResult">A unit's result and also that of a merge. <c>byte[]</c> is taken as it is, all
/// else becomes JSON.</typeparam>
public abstract class Workload<TParameters, TResult> : Workload<TParameters, long, TResult>
    where TParameters : notnull
    where TResult : notnull;
