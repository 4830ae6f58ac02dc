using System.CommandLine;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Cli.CommandLine;

/// <summary>The argument that names a job.</summary>
public static class JobArgument
{
    /// <summary>Makes one; a text that is no job id is wrong use.</summary>
    public static Argument<JobId> Create() => new("ID")
    {
        Description = "The job, like j17.",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (!JobId.TryParse(text, null, out var job))
            {
                result.AddError($"'{text}' is not a job id: write it like j17.");
            }

            return job;
        },
    };
}
