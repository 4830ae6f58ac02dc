namespace GridVolunteer.Sdk;

/// <summary>
/// A program made for the grid whose units are told by their index alone (a plan by count): samples of a simulation,
/// combinations of parameters, frames of a film. See <see cref="Workload{TParameters, TUnit, TResult}"/> for the rules.
/// </summary>
/// <example>
/// <code>
/// public sealed record Options([property: Description("Points a unit throws."), Range(1, long.MaxValue)] long Points = 1_000_000);
/// public sealed record Hits(long Inside, long Thrown);
///
/// [Description("Estimates pi by throwing points at a square.")]
/// public sealed class Pi : Workload&lt;Options, Hits&gt;
/// {
///     protected override JobPlan&lt;long&gt; Plan(JobContext&lt;Options&gt; job, CancellationToken cancellationToken) =&gt; JobPlan.Count(100);
///
///     protected override ValueTask&lt;Hits&gt; ComputeAsync(UnitContext&lt;Options, long&gt; unit, CancellationToken cancellationToken)
///     {
///         var inside = 0L;
///         for (var i = 0L; i &lt; unit.Parameters.Points; i++)
///         {
///             var (x, y) = (unit.Random.NextDouble(), unit.Random.NextDouble());
///             inside += (x * x) + (y * y) &lt; 1 ? 1 : 0;
///         }
///
///         return ValueTask.FromResult(new Hits(inside, unit.Parameters.Points));
///     }
///
///     protected override Hits Merge(MergeSet&lt;Hits&gt; results, JobContext&lt;Options&gt; job) =&gt;
///         new(results.Results.Sum(r =&gt; r.Inside), results.Results.Sum(r =&gt; r.Thrown));
/// }
/// </code>
/// </example>
/// <typeparam name="TParameters">A record of the job's parameters.</typeparam>
/// <typeparam name="TResult">A unit's result and also that of a merge. <c>byte[]</c> is taken as it is, all else becomes JSON.</typeparam>
public abstract class Workload<TParameters, TResult> : Workload<TParameters, long, TResult>
    where TParameters : notnull
    where TResult : notnull;
