using System.Buffers.Text;
using GridVolunteer.Coordinator.Hosting;
using GridVolunteer.Protocol.Access;

namespace GridVolunteer.Coordinator.Security;

/// <summary>The secrets of one coordinator, made at its first start and kept in its data folder.</summary>
/// <param name="OperatorToken">Lets people and scripts act.</param>
/// <param name="SigningKey">Signs agents' tokens and challenges; never leaves the folder.</param>
/// <param name="EnrolmentToken">What agents need to enrol, or null when enrolment is open.</param>
public sealed record CoordinatorSecrets(string OperatorToken, byte[] SigningKey, string? EnrolmentToken)
{
    /// <summary>The signing key's file in the data folder.</summary>
    public const string SigningKeyFile = "signing.key";

    /// <summary>The enrolment token's file in the data folder.</summary>
    public const string EnrolmentTokenFile = "enrolment.token";

    /// <summary>Reads them, making what is missing.</summary>
    /// <exception cref="CoordinatorStartException">A file cannot be read or written, or is no
    /// key.</exception>
    public static CoordinatorSecrets Load(CoordinatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            var operatorToken = Secret(options, OperatorTokenFile.NameInDataFolder);
            var signingKey = Base64Url.DecodeFromChars(Secret(options, SigningKeyFile));
            var enrolment = options.Enrolment == EnrolmentMode.Token
                ? Secret(options, EnrolmentTokenFile)
                : null;
            return signingKey.Length >= 32
                ? new CoordinatorSecrets(operatorToken, signingKey, enrolment)
                : throw new FormatException("The key is too short.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CoordinatorStartException(
                $"The secrets in {options.DataFolder} cannot be read or written: {e.Message}", e);
        }
        catch (FormatException e)
        {
            throw new CoordinatorStartException(
                $"{Path.Combine(options.DataFolder, SigningKeyFile)} is no signing key ({e.Message}) Remove it, "
                + "and the next start makes a new one; agents then fetch new tokens by themselves.", e);
        }
    }

    private static string Secret(CoordinatorOptions options, string name) =>
        SecretFile.ReadOrCreate(Path.Combine(options.DataFolder, name), SecretFile.RandomText);
}
