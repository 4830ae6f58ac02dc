using GridVolunteer.Coordinator.Storage;
using GridVolunteer.StorageProbe;
using Microsoft.Extensions.Logging.Abstractions;

// append FOLDER TURNS: one turn after the other, a line after each acknowledgement.
// ledger FOLDER ENTITIES: entities side by side until killed, a line after each acknowledgement.
// load FOLDER ENTITIES SECONDS ROW_BYTES: as fast as it goes, then what it measured.
if (args.Length < 3)
{
    Console.Error.WriteLine(
        "append FOLDER TURNS | ledger FOLDER ENTITIES | load FOLDER ENTITIES SECONDS ROW_BYTES");
    return 2;
}

using var folder = DataFolderLock.Acquire(args[1]);
await using var storage = SqliteStorage.Open(folder, new SqliteStorageOptions(), NullLogger.Instance);
var count = int.Parse(args[2]);
switch (args[0])
{
    case "append":
        await Ledger.AppendAsync(storage, entity: 0, turns: count);
        return 0;
    case "ledger":
        await Task.WhenAll(
            Enumerable.Range(0, count).Select(e => Ledger.AppendAsync(storage, e, int.MaxValue)));
        return 0;
    case "load":
        await Load.RunAsync(storage, count, TimeSpan.FromSeconds(double.Parse(args[3])), int.Parse(args[4]));
        return 0;
    default:
        return 2;
}
