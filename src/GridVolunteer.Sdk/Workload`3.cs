using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Serialization;
using GridVolunteer.Sdk.Hosting;
using GridVolunteer.Sdk.Parameters;
using GridVolunteer.Sdk.Serialization;

namespace GridVolunteer.Sdk;

/// <summary>
/// A program made for the grid whose units have small inputs of their own (a plan by table). Derive one
/// public class from it, or from <see cref="Workload{TParameters, TResult}"/> when the unit's index says
/// everything. Three things run on three machines: <see cref="Plan"/> on the submitter's, <see
/// cref="ComputeAsync"/> on volunteers', <see cref="Merge"/> on volunteers' too. Keep no mutable state in
/// fields; <see cref="JobContext{TParameters}.Shared"/> holds what is expensive to make. Results must not
/// depend on the machine, the time or the order of threads, since replicas are compared.
/// </summary>
/// <example>
/// <code><![CDATA[
/// public sealed record Options([property: Description("Lines a unit counts.")] int Lines = 1000);
/// public sealed record Slice(int First, int Count);
/// public sealed record Total(long Words);
///
/// [Description("Counts words."), Input("text", "Plain text.")]
/// public sealed class WordCount : Workload<Options, Slice, Total>
/// {
///     protected override JobPlan<Slice> Plan(JobContext<Options> job, CancellationToken cancellationToken)
///     {
///         var lines = File.ReadLines(job.InputPath("text")).Count();
///         var starts = Enumerable.Range(0, lines).Where(line => line % job.Parameters.Lines == 0);
///         return JobPlan.Table([.. starts.Select(line => new Slice(line, job.Parameters.Lines))]);
///     }
///
///     protected override ValueTask<Total> ComputeAsync(
///         UnitContext<Options, Slice> unit, CancellationToken cancellationToken)
///     {
///         var lines = File.ReadLines(unit.InputPath("text")).Skip(unit.Unit.First).Take(unit.Unit.Count);
///         return ValueTask.FromResult(new Total(lines.Sum(line => line.Split(' ').LongLength)));
///     }
///
///     protected override Total Merge(MergeSet<Total> results, JobContext<Options> job) =>
///         new(results.Results.Sum(r => r.Words));
/// }
/// ]]></code>
/// </example>
/// <typeparam name="TParameters">A record of the job's parameters: see <see cref="Validate"/>.</typeparam>
/// <typeparam name="TUnit">A unit's own input, at most 64 KiB as JSON.</typeparam>
/// <typeparam name="TResult">A unit's result and also that of a merge. <c>byte[]</c> is taken as it is, all
/// else becomes JSON.</typeparam>
public abstract class Workload<TParameters, TUnit, TResult> : IWorkload
    where TParameters : notnull
    where TResult : notnull
{
    private readonly SharedValues _shared = new();
    private readonly Lazy<JsonBytes> _json;
    private readonly Lazy<ParameterBinder<TParameters>> _binder;
    private readonly Lazy<WorkloadInfo> _info;

    /// <summary>Called by the author's class, which needs a public constructor without parameters.</summary>
    protected Workload()
    {
        _json = new(() => new JsonBytes(Json));
        _binder = new(() => new ParameterBinder<TParameters>(_json.Value));
        _info = new(Describe);
    }

    WorkloadInfo IWorkload.Info => _info.Value;

    /// <summary>
    /// The source-generated types of parameters, unit, result and checkpoint: <c>MyJson.Default</c>. Null,
    /// the default, means reflection, which starts a little slower. Names and formats are the same either
    /// way: see the options of the platform in the documentation of the SDK.
    /// </summary>
    protected virtual JsonSerializerContext? Json => null;

    /// <summary>
    /// Checks parameters beyond what types and attributes (<c>[Range]</c> and the like) say: a sentence
    /// without a full stop for each fault, all of which the submitter sees at once.
    /// </summary>
    protected virtual IEnumerable<string> Validate(TParameters parameters) => [];

    /// <summary>
    /// Splits the job into units, seconds to minutes each. Runs on the submitter's machine and may read all
    /// inputs.
    /// </summary>
    /// <exception cref="WorkloadException">An input is wrong; the message goes to the submitter as it
    /// is.</exception>
    protected abstract JobPlan<TUnit> Plan(JobContext<TParameters> job, CancellationToken cancellationToken);

    /// <summary>
    /// Computes one unit. May throw: the unit is then tried on other machines, and after five fails for good.
    /// </summary>
    protected abstract ValueTask<TResult> ComputeAsync(
        UnitContext<TParameters, TUnit> unit, CancellationToken cancellationToken);

    /// <summary>
    /// Merges results, in the order of their units, into one of the same kind; results of merges are merged
    /// again until one is left. Never called for plans with a fan-in of 0.
    /// </summary>
    protected abstract TResult Merge(MergeSet<TResult> results, JobContext<TParameters> job);

    /// <summary>
    /// The form in which results are compared and stored, for example rounded. Default: unchanged.
    /// </summary>
    protected virtual TResult Canonical(TResult result) => result;

    /// <summary>
    /// The job's output from the last merge. Default: the merged result's own bytes, as JSON unless it is
    /// <c>byte[]</c>.
    /// </summary>
    protected virtual byte[] Output(TResult merged, JobContext<TParameters> job) => ToBytes(merged);

    /// <summary>
    /// A value as the platform writes it: JSON in UTF-8, equal values giving equal bytes; <c>byte[]</c> as it
    /// is.
    /// </summary>
    protected byte[] ToBytes<T>(T value) => _json.Value.Write(value);

    ValueTask<WorkloadPlan> IWorkload.PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        CheckInputs(context.Inputs);
        var parameters = _binder.Value.Bind(context.Parameters, Validate);
        var plan = Plan(new JobContext<TParameters>(parameters, context.Inputs, _shared), cancellationToken);
        return ValueTask.FromResult(new WorkloadPlan
        {
            Parameters = _binder.Value.Write(parameters),
            Units = plan.Units,
            Table = plan.Entries?.Select(unit => new ReadOnlyMemory<byte>(_json.Value.Write(unit))),
            MergeFanIn = plan.MergeFanIn,
            UnitSecondsEstimate = plan.UnitSecondsEstimate,
            UnitTimeLimit = plan.UnitTimeLimit,
            ResultSizeBytesMax = plan.ResultSizeBytesLimit,
            Agreement = plan.Agreement,
            Needs = plan.Needs,
            OutputType = plan.OutputType,
        });
    }

    async ValueTask<byte[]> IWorkload.ComputeAsync(
        ComputeContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var parameters = _binder.Value.Read(context.Parameters);
        var unit = new UnitContext<TParameters, TUnit>(
            context, parameters, ReadUnit(context), _shared, _json.Value);
        var result = await ComputeAsync(unit, cancellationToken);
        return ToBytes(Canonical(result));
    }

    ValueTask<byte[]> IWorkload.MergeAsync(MergeContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var children = new MergeChild<TResult>[context.Children.Count];
        for (var i = 0; i < children.Length; i++)
        {
            var index = context.FirstChild + i;
            children[i] = context.Children[i] is { } bytes
                ? new(index, IsHole: false, _json.Value.Read<TResult>(bytes.Span, $"result of unit {index}"))
                : new(index, IsHole: true, default);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var job = new JobContext<TParameters>(
            _binder.Value.Read(context.Parameters), context.Inputs, _shared);
        var merged = Canonical(
            Merge(new MergeSet<TResult>(context.Level, context.Index, context.IsLast, children), job));
        return ValueTask.FromResult(context.IsLast ? Output(merged, job) : ToBytes(merged));
    }

    private TUnit ReadUnit(ComputeContext context) =>
        context.UnitInput.IsEmpty && context.Unit is TUnit index
            ? index
            : _json.Value.Read<TUnit>(context.UnitInput.Span, $"input of unit {context.Unit}");

    private void CheckInputs(IReadOnlyDictionary<string, string> given)
    {
        var info = _info.Value;
        var faults = given.Keys.Where(name => !info.AcceptsOthers && info.Inputs.All(i => i.Name != name))
            .Select(name => $"There is no input '{name}' (known: {string.Join(", ", info.Inputs.Select(i => i.Name))}).")
            .Concat(info.Inputs.Where(i => i.Required && !given.ContainsKey(i.Name))
                .Select(i => $"The input '{i.Name}' is missing ({i.Summary.TrimEnd('.')}): give it as --input {i.Name}=FILE."))
            .Concat(given.Where(i => !File.Exists(i.Value)).Select(
                i => $"The input '{i.Key}' is no file: {i.Value}."))
            .ToArray();
        if (faults.Length > 0)
        {
            throw new WorkloadException(string.Join('\n', faults));
        }
    }

    private WorkloadInfo Describe()
    {
        const string Ending = "Workload";
        var type = GetType();
        var name = type.Name.Length > Ending.Length && type.Name.EndsWith(Ending, StringComparison.Ordinal)
            ? type.Name[..^Ending.Length]
            : type.Name;
        var inputs = type.GetCustomAttributes<InputAttribute>().Select(
            i => new InputInfo(i.Name, !i.Optional, i.Summary));
        var summary = type.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "";
        return new WorkloadInfo(name, summary, _binder.Value.Describe(), [.. inputs])
        {
            AcceptsOthers = _binder.Value.AcceptsOthers,
        };
    }
}
