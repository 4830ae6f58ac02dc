namespace GridVolunteer.Coordination.Jobs;

/// <summary>Gathers what is wrong with a submission, so that all of it is told at once.</summary>
internal sealed class FaultList
{
    private readonly List<SubmissionFault> _items = [];

    /// <summary>The faults in the order found.</summary>
    public IReadOnlyList<SubmissionFault> Items => _items;

    /// <summary>A fault.</summary>
    public void Add(string field, string message) => _items.Add(new SubmissionFault(field, message));

    /// <summary>A fault unless <paramref name="isSound"/>.</summary>
    public void Require(bool isSound, string field, string message)
    {
        if (!isSound)
        {
            Add(field, message);
        }
    }

    /// <summary>A text of so many characters, none of them a control character.</summary>
    public void Text(string field, string? text, int lengthMin, int lengthMax)
    {
        var length = text?.Length ?? 0;
        Require(
            length >= lengthMin && length <= lengthMax, field,
            $"It has {length} characters; {lengthMin} to {lengthMax} are allowed.");
        Require(
            text?.Any(char.IsControl) != true, field,
            "It contains a control character, such as a line break; leave it out.");
    }

    /// <summary>A whole number within a range.</summary>
    public void Range(string field, long value, long least, long most) => Require(
        value >= least && value <= most, field,
        $"It is {value}; choose {least:N0} to {most:N0}.");

    /// <summary>A finite number within a range.</summary>
    public void Range(string field, double value, double least, double most) => Require(
        double.IsFinite(value) && value >= least && value <= most, field,
        $"It is {value}; choose {least} "
        + (most < double.MaxValue ? $"to {most}." : "or more, a finite number."));

    /// <summary>Seconds, more than 0 and at most a year.</summary>
    public void Seconds(string field, double seconds) => Require(
        double.IsFinite(seconds) && seconds > 0 && seconds <= SubmissionRules.UnitSecondsMax, field,
        $"It is {seconds}; choose more than 0, at most {SubmissionRules.UnitSecondsMax:N0} s (a year).");
}
