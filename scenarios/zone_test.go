package scenarios
import ("testing";"os";"fmt")
func TestOne(t *testing.T){ b,_:=os.ReadFile("/tmp/t.yaml"); f,fs:=ReadScenario(Source{"t.yaml",b}); fmt.Println(fs.Format("vi")); fmt.Println(fs.Format("en")); _=f }
