namespace GridVolunteer.Sdk.Tests;

public enum SampleMode
{
    Fast,
    Exact,
}
